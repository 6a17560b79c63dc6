using System.Text.Json;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>
/// A parcel on either leg: the logistics clerk packs it, the courier is ordered unless the clerk has a waybill already,
/// and the parcel is followed to its end.
/// </summary>
internal static class Parcel
{
    /// <summary>Follows the step's parcel.</summary>
    /// <returns>The parcel as it stands, and whether the clerk has handed it over.</returns>
    public static async Task<(Shipment Shipment, bool HandedOver)> FollowAsync(
        CaseStep step, ShipmentLeg leg, TaskKind handOver, Party sender, Party recipient, IReadOnlyList<string> contents)
    {
        var shipments = step.Desk.Shipments;
        var shipment = await shipments.ExpectAsync(step.Case.Number, leg, step.Id, sender, recipient, contents);
        if (shipment.Waybill is not null || shipment.IsOver)
            return (shipment, true);

        var order = await step.Desk.Outbox.FindAsync(step.Id, CreateOrder);
        if (order is null or { State: PartnerCallState.Skipped })
        {
            if (await step.AtLogisticsAsync(handOver) is not { } task)
                return (shipment, false);
            if (task.Data.Waybill is { Length: > 0 } waybill)
                await shipments.NumberAsync(shipment.Id, null, waybill);
            else if (order is null)
                order = await OrderAsync(step, shipment);
            else
                await shipments.CloseAsync(shipment.Id, ShipmentState.Signed);
        }

        if (order is { State: PartnerCallState.Done, Answer: { } answer })
            await shipments.NumberAsync(shipment.Id, Text(answer, "orderNo"), Text(answer, "waybill")!);
        else if (order is { State: PartnerCallState.Cancelled })
            await shipments.CloseAsync(shipment.Id, ShipmentState.Cancelled);
        return (await shipments.ExpectAsync(step.Case.Number, leg, step.Id, sender, recipient, contents), true);
    }

    /// <summary>The outbox operation that orders a courier.</summary>
    public const string CreateOrder = "createOrder";

    private static Task<PartnerCall> OrderAsync(CaseStep step, Shipment shipment) =>
        step.Desk.Outbox.ExpectAsync(PartnerKind.Courier, shipment.Provider, CreateOrder, step.Case.Number, step.Id, new
        {
            reference = shipment.Id,
            leg = Domain.Codes.Of(shipment.Leg),
            from = shipment.Sender,
            to = shipment.Recipient,
            contents = shipment.Contents,
        });

    private static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) ? value.GetString() : null;
}
