using System.Text.Json;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>What a partner sent, as it was stored.</summary>
/// <param name="Partner">The provider's or authority's code.</param>
/// <param name="MessageId">The partner's own id of the message.</param>
/// <param name="Body">The message, checked for its form.</param>
internal sealed record PartnerMessage(Guid Id, PartnerKind Kind, string Partner, string MessageId, JsonElement Body, DateTimeOffset ReceivedAt);

/// <summary>Makes a stored message count. The same message may be handed over again after a crash.</summary>
internal interface IPartnerMessageApplier
{
    /// <summary>Applies the message.</summary>
    /// <returns>Null when it is dealt with; else why not yet, for example a waybill that nobody knows. Such a message is tried again.</returns>
    Task<string?> ApplyAsync(PartnerMessage message, CancellationToken cancellationToken);
}
