namespace Elsa.Workflows.Activities.Flowchart.Models;

/// <summary>An end of a connection.</summary>
public class Endpoint
{
    public Endpoint()
    {
    }

    public Endpoint(IActivity activity, string? port = null) => (Activity, Port) = (activity, port);

    public IActivity Activity { get; set; } = null!;

    /// <summary>At the source an outcome; null is <c>Done</c>.</summary>
    public string? Port { get; set; }
}

/// <summary>Leads from an outcome of one activity to another activity.</summary>
public class Connection
{
    public Connection()
    {
    }

    public Connection(Endpoint source, Endpoint target) => (Source, Target) = (source, target);

    public Connection(IActivity source, IActivity target) => (Source, Target) = (new(source), new(target));

    public Endpoint Source { get; set; } = null!;

    public Endpoint Target { get; set; } = null!;

    /// <summary>Bends of the line in the designer.</summary>
    public ICollection<Position> Vertices { get; set; } = [];

    public override string ToString() => $"{Source.Activity.Id}:{Source.Port}->{Target.Activity.Id}";
}

/// <summary>A point in the designer.</summary>
public record Position(double X, double Y);

/// <summary>The ways an activity leaves by.</summary>
public record Outcomes(params string[] Names)
{
    public static readonly Outcomes Default = new(null!, "Done");

    public static readonly Outcomes Empty = new();
}

/// <summary>How a join waits for the branches that lead to it.</summary>
public enum FlowJoinMode
{
    /// <summary>For every branch; a branch that never comes means the join never goes on.</summary>
    WaitAll,

    /// <summary>For every branch on which something still runs.</summary>
    WaitAllActive,

    /// <summary>For the first; the others are cancelled.</summary>
    WaitAny,
}
