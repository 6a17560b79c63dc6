using System.Text.Json;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>What a partner sent, as it was stored.</summary>
/// <param name="Partner">The provider's or authority's code.</param>
/// <param name="MessageId">The partner's own id of the message.</param>
/// <param name="Body">The message, checked for its form.</param>
internal sealed record PartnerMessage(Guid Id, PartnerKind Kind, string Partner, string MessageId, JsonElement Body, DateTimeOffset ReceivedAt);

/// <summary>Why a message could not be applied.</summary>
/// <param name="Why">In words, for whoever looks at it.</param>
/// <param name="CaseNumber">The case it is about; null when there is none.</param>
/// <param name="IsFinal">Whether it will never make sense, so that a person is shown it at once.</param>
internal sealed record Obstacle(string Why, string? CaseNumber = null, bool IsFinal = false);

/// <summary>Makes a stored message count. The same message may be handed over again after a crash.</summary>
internal interface IPartnerMessageApplier
{
    /// <summary>Applies the message.</summary>
    /// <returns>Null when it is dealt with; else why not, for example a waybill that nobody knows yet. Such a message is tried again.</returns>
    Task<Obstacle?> ApplyAsync(PartnerMessage message, CancellationToken cancellationToken);
}
