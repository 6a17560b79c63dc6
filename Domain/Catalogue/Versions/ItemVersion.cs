namespace TongBan.Domain.Catalogue.Versions;

/// <summary>How an item read, or will read, from a day on.</summary>
/// <param name="Number">From 1.</param>
/// <param name="ValidFrom">The first day; null for what was there from the beginning.</param>
/// <param name="InForceAt">When it came into force; null while its day has not come.</param>
/// <param name="ReplacedAt">When the next one took its place; null while it is in force or planned.</param>
/// <param name="Reason">Why it was changed, in the words of the person who did.</param>
/// <param name="ActorName">Who changed it.</param>
public sealed record ItemVersion(
    int Number, ServiceItem Content, DateOnly? ValidFrom, DateTimeOffset? InForceAt, DateTimeOffset? ReplacedAt, string? Reason, DateTimeOffset ChangedAt, string ActorName)
{
    /// <summary>Whether its day is still to come.</summary>
    public bool IsPlanned => InForceAt is null;
}
