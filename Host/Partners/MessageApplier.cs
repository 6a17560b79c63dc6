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
internal sealed class MessageApplier(CaseTransaction transaction, CaseDesk desk, Extension extension, MaterialIntake intake, CourierStates states, CaseWorkflows workflows) : IPartnerMessageApplier
{
    private static readonly Actor Courier = new("system:courier", "统一物流", Role.System);

    public Task<Obstacle?> ApplyAsync(PartnerMessage message, CancellationToken cancellationToken) => message.Kind switch
    {
        PartnerKind.Courier => TrackAsync(message, message.Body.Deserialize<CourierBody>(ApiJson.Options)!, cancellationToken),
        PartnerKind.Approval => HearAsync(message, message.Body.Deserialize<ApprovalBody>(ApiJson.Options)!, cancellationToken),
        _ => Task.FromResult<Obstacle?>(new("此类合作方不发回消息", IsFinal: true)),
    };

    private async Task<Obstacle?> TrackAsync(PartnerMessage message, CourierBody body, CancellationToken cancellationToken)
    {
        if (await desk.Shipments.FindByWaybillAsync(message.Partner, body.Waybill) is not { } shipment)
            return new($"没有运单 {body.Waybill}");

        // The table may have been changed since the message came.
        if (!(await states.OfAsync(message.Partner)).TryGetValue(body.Status, out var state))
            return new($"不认识的物流状态 {body.Status}", shipment.CaseNumber);
        if (state == ShipmentState.Signed && shipment.State is ShipmentState.Lost or ShipmentState.Returned or ShipmentState.Cancelled)
            return new($"{(shipment.StateName)}的邮件（{body.Waybill}）又报签收", shipment.CaseNumber, IsFinal: true);

        var @case = await desk.Cases.GetAsync(shipment.CaseNumber);
        return await transaction.RunAsync<Obstacle?>(
            @case,
            async ct =>
            {
                if (!await desk.Shipments.TrackAsync(shipment, new ShipmentEvent(message.MessageId, state, body.At, body.Place, body.SignedBy)))
                    return null;
                var what = $"{(shipment.Leg == ShipmentLeg.Materials ? "材料" : "结果")}邮件{(shipment with { State = state }).StateName}（{body.Waybill}）";
                await desk.Timeline.AddAsync(shipment.CaseNumber, Courier, "shipment", what, body.Place);
                await workflows.WakeAsync(@case, ct);
                return null;
            },
            cancellationToken);
    }

    private async Task<Obstacle?> HearAsync(PartnerMessage message, ApprovalBody body, CancellationToken cancellationToken)
    {
        if (await desk.Cases.FindAsync(body.CaseNumber) is not { } @case)
            return new($"没有办件 {body.CaseNumber}");
        if (!string.Equals(@case.Authority, message.Partner, StringComparison.Ordinal))
            return new($"办件 {body.CaseNumber} 不由 {message.Partner} 审批", @case.Number, IsFinal: true);
        // Applied before, and the host crashed before it said so.
        if (await desk.ApprovalMessages.IsKnownAsync(message.Partner, message.MessageId))
            return null;
        var said = new ApprovalMessage(message.Partner, message.MessageId, @case.Number, body.Kind, body.At, body.Reason, body.Missing ?? [], body.Decision);
        if (!await IsOvertakenAsync(said) && await TooLateAsync(@case, body) is { } late)
            return late;
        foreach (var file in body.Decision?.Files ?? [])
        {
            if ((await intake.TakeAsync(file, cancellationToken)).IsRefused(out var refusal, out _))
                return new($"结果文件 {file.Name}：{refusal.Message}", @case.Number, IsFinal: true);
        }

        return await transaction.RunAsync<Obstacle?>(
            @case,
            async ct =>
            {
                // Asked again now that nobody else can decide the case.
                if (await IsOvertakenAsync(said))
                    return await NoteOvertakenAsync(said);
                if (body.Kind == ApprovalMessageKind.Extended)
                    return await ExtendAsync(@case, said, ct);
                await desk.ApprovalMessages.AddAsync(said);
                await workflows.WakeAsync(@case, ct);
                return null;
            },
            cancellationToken);
    }

    /// <summary>Whether it happened before the decision, and the decision was heard of first.</summary>
    private async Task<bool> IsOvertakenAsync(ApprovalMessage said) =>
        said.Kind != ApprovalMessageKind.Decided && await desk.ApprovalMessages.DecidedAtAsync(said.CaseNumber) is { } decidedAt && said.At < decidedAt;

    /// <summary>Nobody has to do anything about it: the decision stands. The timeline keeps that it happened.</summary>
    private async Task<Obstacle?> NoteOvertakenAsync(ApprovalMessage said)
    {
        if (await desk.ApprovalMessages.AddAsync(said, takenBy: "overtaken"))
        {
            var by = new Actor("system:" + said.Authority, "审批系统", Role.System, Authority: said.Authority);
            await desk.Timeline.AddAsync(said.CaseNumber, by, "message", $"决定作出后才收到此前的消息“{CallWords.Of(said.Kind)}”，决定不变", said.Reason);
        }

        return null;
    }

    /// <summary>What comes after the decision changes nothing any more; a person is shown it.</summary>
    private async Task<Obstacle?> TooLateAsync(Case @case, ApprovalBody body)
    {
        if (@case.State is CaseState.Archived or CaseState.Withdrawn || @case.IsWithdrawn)
            return new($"办件已{@case.StateName}，收到“{CallWords.Of(body.Kind)}”", @case.Number, IsFinal: true);
        if (await desk.Decisions.FindAsync(@case.Number) is not { } decision)
            return null;
        var what = body.Kind == ApprovalMessageKind.Decided ? $"又一份决定（{body.Decision?.DocumentNumber ?? body.Decision?.Reason}）" : $"“{CallWords.Of(body.Kind)}”";
        return new($"已作出决定（{decision.DocumentNumber ?? decision.Reason}）后收到{what}，原决定不变", @case.Number, IsFinal: true);
    }

    /// <summary>The authority's head has approved it on their side; the law allows it once.</summary>
    private async Task<Obstacle?> ExtendAsync(Case @case, ApprovalMessage said, CancellationToken cancellationToken)
    {
        var authority = await desk.AuthorityAsync(@case);
        var by = new Actor("system:" + authority.Code, authority.Name + "审批系统", Role.System, Authority: authority.Code);
        var key = $"extended:{said.Authority}:{said.MessageId}";
        var result = await extension.ApplyAsync(
            @case, LimitBounds.LongestExtension(1), said.Reason ?? "经批准延长", authority.Name + "负责人", by, said.At, key);
        if (result.IsRefused(out var refusal, out _))
            return new(refusal.Message, @case.Number, IsFinal: true);
        await desk.ApprovalMessages.AddAsync(said, takenBy: key);
        await desk.Timeline.AddAsync(@case.Number, by, "extended", "经批准延长审批时限", said.Reason);
        await workflows.WakeAsync(@case, cancellationToken);
        return null;
    }

    private sealed record CourierBody(string Waybill, string Status, DateTimeOffset At, string? Place, string? SignedBy);

    private sealed record ApprovalBody(
        string CaseNumber, ApprovalMessageKind Kind, DateTimeOffset At, string? Reason, IReadOnlyList<string>? Missing, ApprovalDecision? Decision);
}
