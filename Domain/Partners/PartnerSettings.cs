namespace TongBan.Domain.Partners;

/// <summary>What an administrator set for a partner. What is null is left to the host's settings.</summary>
/// <param name="Code">The provider's or authority's code.</param>
/// <param name="BaseUrl">The root of its API.</param>
/// <param name="Secret">Signs both directions.</param>
/// <param name="CallsPerMinute">The most calls in a minute; null for no limit.</param>
/// <param name="AtOnce">The most calls of one host at the same time; null for the default.</param>
/// <param name="PausedAt">Since when no calls are made; they wait meanwhile.</param>
/// <param name="PauseReason">Why they wait.</param>
public sealed record PartnerSettings(
    PartnerKind Kind, string Code, string? BaseUrl, string? Secret, int? CallsPerMinute, int? AtOnce, DateTimeOffset? PausedAt, string? PauseReason)
{
    /// <summary>A partner for which nothing was set.</summary>
    public static PartnerSettings None(PartnerKind kind, string code) => new(kind, code, null, null, null, null, null, null);
}

/// <summary>How calls to a partner went of late, and what waits for it.</summary>
public sealed record PartnerHealth
{
    private const int Troubled = 3;

    public PartnerKind Kind { get; init; }

    /// <summary>The provider's or authority's code.</summary>
    public required string Code { get; init; }

    public DateTime? AnsweredAt { get; init; }

    public DateTime? FailedAt { get; init; }

    public string? LastFailure { get; init; }

    /// <summary>Attempts that failed since the last answer.</summary>
    public int FailuresInRow { get; init; }

    /// <summary>Calls that are still to be made.</summary>
    public int Waiting { get; init; }

    /// <summary>Calls that wait for a person.</summary>
    public int GivenUp { get; init; }

    /// <summary>Whether it answers; null when it was never called.</summary>
    public bool? IsWell => AnsweredAt is null && FailedAt is null ? null : FailuresInRow < Troubled;
}
