using System.Text.Json;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>Asks the courier where a parcel is, for call-backs that stay away. What it says counts as a call-back would.</summary>
internal sealed class ParcelPoll(CourierClient courier, CourierStates states, PartnerMessageStore messages, PartnerMessageJob applier, PartnerStore partners, TimeProvider time)
{
    /// <summary>Asks, and applies what is news.</summary>
    /// <returns>What came of the question.</returns>
    public async Task<PartnerAnswer> AskAsync(Shipment shipment, CancellationToken cancellationToken)
    {
        var answer = await courier.FindOrderAsync(shipment.Provider, shipment.OrderNo!, cancellationToken);
        await partners.NoteAsync(PartnerKind.Courier, shipment.Provider, (answer as PartnerAnswer.Unreachable)?.Reason);
        if (answer is not PartnerAnswer.Answered answered || answered.Text("status") is not { } status)
            return answer;
        if (!(await states.OfAsync(shipment.Provider)).TryGetValue(status, out var state) || state == shipment.State)
            return answer;

        var messageId = $"poll/{shipment.OrderNo}/{status}";
        var at = DateTimeOffset.TryParse(answered.Text("at"), provider: null, out var given) ? given : time.GetUtcNow();
        var body = JsonSerializer.SerializeToElement(
            new { messageId, shipment.Waybill, status, at, place = answered.Text("place"), signedBy = answered.Text("signedBy") }, JsonSerializerOptions.Web);
        if (await messages.AddAsync(PartnerKind.Courier, shipment.Provider, messageId, body) is { } id)
            await applier.ApplyAsync(id, 0, cancellationToken);
        return answer;
    }
}
