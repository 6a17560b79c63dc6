using System.Text.Json;
using TongBan.Host.Workflows;
using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Problems;
using TongBan.Workflows;

namespace TongBan.Host.Partners;

/// <summary>Applies what partners said to the case it is about, and wakes its workflow. What makes no sense yet stays aside.</summary>
internal sealed class MessageApplier(CaseTransaction transaction, CaseDesk desk, LimitStore limits, MaterialIntake intake, CaseWorkflows workflows) : IPartnerMessageApplier
{
    private static readonly Actor Courier = new("system:courier", "统一物流", Role.System);

    public Task<string?> ApplyAsync(PartnerMessage message, CancellationToken cancellationToken) => message.Kind switch
    {
        PartnerKind.Courier => TrackAsync(message, message.Body.Deserialize<CourierBody>(ApiJson.Options)!, cancellationToken),
        PartnerKind.Approval => HearAsync(message, message.Body.Deserialize<ApprovalBody>(ApiJson.Options)!, cancellationToken),
        _ => Task.FromResult<string?>("此类合作方不发回消息"),
    };

    private async Task<string?> TrackAsync(PartnerMessage message, CourierBody body, CancellationToken cancellationToken)
    {
        if (await desk.Shipments.FindByWaybillAsync(message.Partner, body.Waybill) is not { } shipment)
            return $"没有运单 {body.Waybill}";

        var @case = await desk.Cases.GetAsync(shipment.CaseNumber);
        return await transaction.RunAsync<string?>(
            @case,
            async ct =>
            {
                if (!await desk.Shipments.TrackAsync(shipment, new ShipmentEvent(message.MessageId, body.Status, body.At, body.Place, body.SignedBy)))
                    return null;
                var what = $"{(shipment.Leg == ShipmentLeg.Materials ? "材料" : "结果")}邮件{(shipment with { State = body.Status }).StateName}（{body.Waybill}）";
                await desk.Timeline.AddAsync(shipment.CaseNumber, Courier, "shipment", what, body.Place);
                await workflows.WakeAsync(@case, ct);
                return null;
            },
            cancellationToken);
    }

    private async Task<string?> HearAsync(PartnerMessage message, ApprovalBody body, CancellationToken cancellationToken)
    {
        if (await desk.Cases.FindAsync(body.CaseNumber) is not { } @case)
            return $"没有办件 {body.CaseNumber}";
        if (!string.Equals(@case.Authority, message.Partner, StringComparison.Ordinal))
            return $"办件 {body.CaseNumber} 不由 {message.Partner} 审批";
        foreach (var file in body.Decision?.Files ?? [])
        {
            if ((await intake.TakeAsync(file, cancellationToken)).IsRefused(out var refusal, out _))
                return $"结果文件 {file.Name}：{refusal.Message}";
        }

        return await transaction.RunAsync(
            @case,
            async ct =>
            {
                if (body.Kind == ApprovalMessageKind.Extended)
                    return await ExtendAsync(@case, body, ct);
                await desk.ApprovalMessages.AddAsync(new ApprovalMessage(
                    message.Partner, message.MessageId, @case.Number, body.Kind, body.At, body.Reason, body.Missing ?? [], body.Decision));
                await workflows.WakeAsync(@case, ct);
                return null;
            },
            cancellationToken);
    }

    /// <summary>The authority's head has approved it on their side; the law allows it once.</summary>
    private async Task<string?> ExtendAsync(Case @case, ApprovalBody body, CancellationToken cancellationToken)
    {
        var authority = await desk.AuthorityAsync(@case);
        var by = new Actor("system:" + authority.Code, authority.Name + "审批系统", Role.System, Authority: authority.Code);
        var result = await limits.ExtendAsync(
            @case.Number, LimitBounds.LongestExtension(1), body.Reason ?? "经批准延长", authority.Name + "负责人", by, body.At, cancellationToken);
        if (result.IsRefused(out var refusal, out _))
            return refusal.Message;
        await desk.Timeline.AddAsync(@case.Number, by, "extended", "经批准延长审批时限", body.Reason);
        await workflows.WakeAsync(@case, cancellationToken);
        return null;
    }

    private sealed record CourierBody(string Waybill, ShipmentState Status, DateTimeOffset At, string? Place, string? SignedBy);

    private sealed record ApprovalBody(
        string CaseNumber, ApprovalMessageKind Kind, DateTimeOffset At, string? Reason, IReadOnlyList<string>? Missing, ApprovalDecision? Decision);
}
