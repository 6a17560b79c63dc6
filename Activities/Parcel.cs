using System.Text.Json;
using TongBan.Domain.Couriers;
using TongBan.Domain.Custody;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>What is sent, from whom to whom.</summary>
/// <param name="HandOver">The logistics clerk's task that ends when the parcel is packed.</param>
/// <param name="Origin">Who holds the papers when they come back.</param>
/// <param name="Goal">Who holds them when they arrive.</param>
internal sealed record ParcelPlan(ShipmentLeg Leg, TaskKind HandOver, Party Sender, Party Recipient, IReadOnlyList<string> Contents, Holder Origin, Holder Goal);

/// <summary>How a parcel stands.</summary>
/// <param name="IsHandedOver">Whether the clerk has given it to the courier.</param>
/// <param name="IsGivenUp">Whether somebody chose to leave it at that.</param>
internal sealed record ParcelStand(Shipment Shipment, bool IsHandedOver, bool IsGivenUp = false);

/// <summary>
/// A parcel on either leg: the logistics clerk packs it, the courier is ordered unless the clerk has a waybill already, and
/// the parcel is followed to its end. One that is refused, returned, lost or called off becomes a task with a choice: send it
/// again, leave it at that, or say that it arrived after all.
/// </summary>
public static class Parcel
{
    /// <summary>The outbox operation that orders a courier.</summary>
    public const string CreateOrder = "createOrder";

    /// <summary>The outbox operation that calls an order off.</summary>
    public const string CancelOrder = "cancelOrder";

    /// <summary>Follows the step's parcel, or the one that was sent after it.</summary>
    internal static async Task<ParcelStand> FollowAsync(CaseStep step, ParcelPlan plan)
    {
        for (var round = Math.Max(1, await step.Desk.Shipments.CountOfStepAsync(step.Id)); ; round++)
        {
            var key = round == 1 ? step.Id : $"{step.Id}/{round}";
            var (stand, order) = await SendAsync(step, plan, key);
            if (!stand.Shipment.IsInTrouble)
                return stand;
            // Whoever called the order off as an incident has chosen already.
            if (order is { State: PartnerCallState.Cancelled })
                return await GiveUpAsync(step, plan, stand, Actor.System);
            if (await step.AtLogisticsAsync(TaskKind.ParcelException) is not { } task)
                return stand;

            var by = task.CompletedBy ?? Actor.System;
            if (task.Outcome == "GiveUp")
                return await GiveUpAsync(step, plan, stand, by);
            if (task.Outcome == "Arrived")
                return await ArriveAsync(step, plan, stand, task.Data.Reason, by);
            await ComeBackAsync(step, plan, stand, by);
            await step.Desk.Timeline.AddAsync(step.Case.Number, by, "shipment", "重新寄送", stand.Shipment.StateName);
        }
    }

    private static async Task<(ParcelStand Stand, PartnerCall? Order)> SendAsync(CaseStep step, ParcelPlan plan, string key)
    {
        var shipments = step.Desk.Shipments;
        var shipment = await ExpectAsync(step, plan, key);
        var order = await step.Desk.Outbox.FindAsync(key, CreateOrder);
        if (!shipment.IsOver && shipment.Waybill is null)
        {
            if (order is null or { State: PartnerCallState.Skipped })
            {
                if (await step.AtLogisticsAsync(plan.HandOver) is not { } task)
                    return (new ParcelStand(shipment, false), order);
                order = await HandOverAsync(step, plan, shipment, order, task);
            }

            if (order is { State: PartnerCallState.Done, Answer: { } answer })
                await shipments.NumberAsync(shipment.Id, Text(answer, "orderNo"), Text(answer, "waybill")!);
            else if (order is { State: PartnerCallState.Cancelled })
                await shipments.CloseAsync(shipment.Id, ShipmentState.Cancelled);
        }
        else if (!shipment.IsOver && await step.Desk.Outbox.FindAsync(key, CancelOrder) is { State: PartnerCallState.Done })
        {
            await shipments.CloseAsync(shipment.Id, ShipmentState.Cancelled);
        }

        shipment = await ExpectAsync(step, plan, key);
        if (shipment.State == ShipmentState.Signed)
            await step.Service<Custodian>().UnpackAsync(step.Case, shipment, plan.Goal, null, Actor.System);
        return (new ParcelStand(shipment, true), order);
    }

    private static async Task<PartnerCall?> HandOverAsync(CaseStep step, ParcelPlan plan, Shipment shipment, PartnerCall? order, HumanTask task)
    {
        var custody = step.Service<Custodian>();
        var by = task.CompletedBy ?? Actor.System;
        await (plan.Leg == ShipmentLeg.Materials ? custody.PackAsync(step.Case, shipment, by) : custody.PackResultAsync(step.Case, shipment, by));
        if (task.Data.Waybill is { Length: > 0 } waybill)
            await step.Desk.Shipments.NumberAsync(shipment.Id, null, waybill);
        else if (order is null)
            return await OrderAsync(step, shipment);
        else
            await step.Desk.Shipments.CloseAsync(shipment.Id, ShipmentState.Signed);
        return order;
    }

    private static Task<Shipment> ExpectAsync(CaseStep step, ParcelPlan plan, string key) =>
        step.Desk.Shipments.ExpectAsync(step.Case.Number, plan.Leg, key, plan.Sender, plan.Recipient, plan.Contents);

    private static async Task<ParcelStand> GiveUpAsync(CaseStep step, ParcelPlan plan, ParcelStand stand, Actor by)
    {
        await ComeBackAsync(step, plan, stand, by);
        return stand with { IsGivenUp = true };
    }

    /// <summary>What was lost stays with the courier, who answers for it.</summary>
    private static Task ComeBackAsync(CaseStep step, ParcelPlan plan, ParcelStand stand, Actor by) =>
        stand.Shipment.State == ShipmentState.Lost
            ? Task.CompletedTask
            : step.Service<Custodian>().UnpackAsync(step.Case, stand.Shipment, plan.Origin, stand.Shipment.StateName, by);

    private static async Task<ParcelStand> ArriveAsync(CaseStep step, ParcelPlan plan, ParcelStand stand, string? reason, Actor by)
    {
        await step.Desk.Shipments.CloseAsync(stand.Shipment.Id, ShipmentState.Signed);
        await step.Service<Custodian>().UnpackAsync(step.Case, stand.Shipment, plan.Goal, reason, by);
        await step.Desk.Timeline.AddAsync(step.Case.Number, by, "shipment", "经核实邮件已送达", reason);
        return stand with { Shipment = stand.Shipment with { State = ShipmentState.Signed } };
    }

    private static Task<PartnerCall> OrderAsync(CaseStep step, Shipment shipment) =>
        step.Desk.Outbox.ExpectAsync(PartnerKind.Courier, shipment.Provider, CreateOrder, step.Case.Number, shipment.Step, new
        {
            reference = shipment.Id,
            leg = Domain.Codes.Of(shipment.Leg),
            from = shipment.Sender,
            to = shipment.Recipient,
            contents = shipment.Contents,
        });

    private static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) ? value.GetString() : null;
}
