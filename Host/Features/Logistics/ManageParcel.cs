using System.Security.Claims;
using TongBan.Activities;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.Features.Cases;
using TongBan.Host.Papers;
using TongBan.Host.Partners;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;
using TongBan.Host.Workflows;

namespace TongBan.Host.Features.Logistics;

/// <summary>Why the parcel is called off.</summary>
internal sealed record CancelParcelRequest(string? Reason);

/// <summary>What a logistics clerk does about a parcel beside packing it: print its label, call it off, ask where it is.</summary>
internal sealed class ManageParcel(CaseAccess access, CaseTransaction transaction, CaseDesk desk, ParcelPoll poll)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/shipments/{id:guid}");
        group.MapGet("/label.pdf", async (ManageParcel handler, Guid id, ClaimsPrincipal user) =>
            (await handler.LabelAsync(id, user.ToActor())).Answer(label => Results.File(label, "application/pdf", $"{id}.pdf"))).WithSummary("The parcel's label with its bar code");
        group.MapPost("/cancel", async (ManageParcel handler, Guid id, CancelParcelRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.CancelAsync(id, request.Reason, user.ToActor(), cancellation)).Answer(Results.Ok)).WithSummary("Call the parcel off before it is collected");
        group.MapPost("/query", async (ManageParcel handler, Guid id, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.QueryAsync(id, user.ToActor(), cancellation)).Answer(Results.Ok)).WithSummary("Ask the courier where the parcel is");
    }

    public async Task<Result<byte[]>> LabelAsync(Guid id, Actor by)
    {
        if ((await FindAsync(id, by, Act.ViewCase)).IsRefused(out var refusal, out var shipment))
            return refusal;
        return shipment.Waybill is null ? new NoWaybill() : ParcelLabel.Print(shipment);
    }

    public async Task<Result<ShipmentView>> CancelAsync(Guid id, string? reason, Actor by, CancellationToken cancellation)
    {
        if ((await FindAsync(id, by, Act.CancelParcel)).IsRefused(out var refusal, out var shipment))
            return refusal;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return new FieldInvalid("reason", "请填写取消理由，不超过 500 字");
        if (shipment.OrderNo is null)
            return new NoWaybill();
        if (shipment.State != ShipmentState.Created)
            return new ParcelCollected(shipment.StateName);

        await transaction.RunAsync(
            await desk.Cases.GetAsync(shipment.CaseNumber),
            async _ =>
            {
                await desk.Outbox.ExpectAsync(PartnerKind.Courier, shipment.Provider, Parcel.CancelOrder, shipment.CaseNumber, shipment.Step, new { orderNo = shipment.OrderNo });
                await desk.Timeline.AddAsync(shipment.CaseNumber, by, "shipment", $"要求取消邮件（{shipment.Waybill}）", reason);
                return true;
            },
            cancellation);
        return ShipmentView.Of(shipment);
    }

    public async Task<Result<ShipmentView>> QueryAsync(Guid id, Actor by, CancellationToken cancellation)
    {
        if ((await FindAsync(id, by, Act.ViewCase)).IsRefused(out var refusal, out var shipment))
            return refusal;
        if (shipment.OrderNo is null)
            return new NoWaybill();
        return await poll.AskAsync(shipment, cancellation) switch
        {
            PartnerAnswer.Answered => ShipmentView.Of((await desk.Shipments.FindAsync(id))!),
            PartnerAnswer.Refused refused => new CourierSilent($"HTTP {refused.Status}"),
            PartnerAnswer.Unreachable unreachable => new CourierSilent(unreachable.Reason),
            var other => throw new InvalidOperationException($"Unknown answer {other}."),
        };
    }

    /// <summary>The parcel, if this person may do this in its case.</summary>
    private async Task<Result<Shipment>> FindAsync(Guid id, Actor by, Act act)
    {
        if (await desk.Shipments.FindAsync(id) is not { } found)
            return new ParcelUnknown();
        if ((await access.FindAsync(found.CaseNumber, by, act)).IsRefused(out var refusal, out _))
            return refusal.Kind == RefusalKind.NotFound ? new ParcelUnknown() : refusal;
        return found;
    }

    private sealed record ParcelUnknown() : Refusal(RefusalKind.NotFound, "parcel_unknown", "没有这个邮件");

    private sealed record NoWaybill() : Refusal(RefusalKind.Conflict, "no_waybill", "物流尚未给出单号");

    private sealed record ParcelCollected(string State) : Refusal(RefusalKind.Conflict, "parcel_collected", $"邮件{State}，不能取消");

    private sealed record CourierSilent(string Why) : Refusal(RefusalKind.Conflict, "courier_silent", $"物流没有答复：{Why}");
}
