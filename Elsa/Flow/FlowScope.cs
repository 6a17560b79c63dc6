namespace Elsa.Flow;

/// <summary>Something that has arrived at a join and waits there for the rest of its round.</summary>
/// <param name="Join">The activity it waits at.</param>
/// <param name="Line">The line it came by, as a position among those that lead to the join.</param>
/// <param name="Rounds">The round it belongs to.</param>
internal sealed record Arrival(string Join, int Line, Rounds? Rounds);

/// <summary>A round in which a join has gone on with the first arrival; later ones of that round are dropped.</summary>
internal sealed record Passed(string Join, Rounds? Rounds);

/// <summary>What a running flowchart remembers.</summary>
internal sealed class FlowScope
{
    public List<Arrival> Arrivals { get; init; } = [];

    public List<Passed> Passed { get; init; } = [];

    /// <summary>How many rounds have begun, of all loops together.</summary>
    public int RoundCount { get; set; }
}
