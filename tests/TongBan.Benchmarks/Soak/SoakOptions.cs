namespace TongBan.Benchmarks.Soak;

/// <summary>How hard the soak is.</summary>
internal sealed record SoakOptions
{
    /// <summary>Cases from the counter to the archive.</summary>
    public int Cases { get; init; } = 2000;

    /// <summary>Cases in hand at once.</summary>
    public int AtOnce { get; init; } = 48;

    /// <summary>The part of calls that a partner fails, one way or another.</summary>
    public double Failing { get; init; } = 0.2;

    /// <summary>The part of call-backs that come late, so that later ones overtake them.</summary>
    public double Delayed { get; init; } = 0.1;

    /// <summary>The longest and shortest time between two kills of a host.</summary>
    public (TimeSpan Shortest, TimeSpan Longest) BetweenKills { get; init; } = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25));

    /// <summary>The same dice each time, as far as the machine's load lets them fall alike.</summary>
    public int Seed { get; init; } = 20261126;

    /// <summary>So long that only a case that was lost reaches it.</summary>
    public TimeSpan Stuck { get; init; } = TimeSpan.FromMinutes(10);
}
