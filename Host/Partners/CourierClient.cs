using System.Text.Json;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>The unified courier's API.</summary>
internal sealed class CourierClient(PartnerClient partners)
{
    /// <summary>Orders a parcel: <c>{ reference, leg, from, to, contents[] }</c> → <c>{ orderNo, waybill }</c>. One key, one parcel.</summary>
    public Task<PartnerAnswer> CreateOrderAsync(string provider, Guid key, JsonElement order, CancellationToken cancellationToken) =>
        partners.SendAsync(PartnerKind.Courier, provider, HttpMethod.Post, "orders", key.ToString(), order, cancellationToken);

    /// <summary>Calls a parcel off that was not collected yet.</summary>
    public Task<PartnerAnswer> CancelOrderAsync(string provider, Guid key, string orderNo, CancellationToken cancellationToken) =>
        partners.SendAsync(PartnerKind.Courier, provider, HttpMethod.Post, $"orders/{Uri.EscapeDataString(orderNo)}/cancel", key.ToString(), null, cancellationToken);

    /// <summary>Asks where a parcel is.</summary>
    public Task<PartnerAnswer> FindOrderAsync(string provider, string orderNo, CancellationToken cancellationToken) =>
        partners.SendAsync(PartnerKind.Courier, provider, HttpMethod.Get, $"orders/{Uri.EscapeDataString(orderNo)}", Guid.NewGuid().ToString(), null, cancellationToken);
}
