namespace Elsa.Workflows.Activities.Flowchart.Models;

/// <summary>An end of a connection.</summary>
public class Endpoint
{
    /// <summary>For serializers.</summary>
    public Endpoint()
    {
    }

    /// <summary>An end at an activity: at the source with the outcome it leaves by, null for "Done".</summary>
    public Endpoint(IActivity activity, string? port = null) => (Activity, Port) = (activity, port);

    /// <summary>One of the flowchart's own activities.</summary>
    public IActivity Activity { get; set; } = null!;

    /// <summary>At the source an outcome; null is <c>Done</c>.</summary>
    public string? Port { get; set; }
}

/// <summary>Leads from an outcome of one activity to another activity.</summary>
public class Connection
{
    /// <summary>For serializers.</summary>
    public Connection()
    {
    }

    /// <summary>From an outcome of one activity to another.</summary>
    public Connection(Endpoint source, Endpoint target) => (Source, Target) = (source, target);

    /// <summary>From "Done" of one activity to another.</summary>
    public Connection(IActivity source, IActivity target) => (Source, Target) = (new(source), new(target));

    /// <summary>The activity that is left, and by which outcome.</summary>
    public Endpoint Source { get; set; } = null!;

    /// <summary>The activity that is entered. Its port is "In" in definitions of the designer, and does not count.</summary>
    public Endpoint Target { get; set; } = null!;

    /// <summary>Bends of the line in the designer.</summary>
    public ICollection<Position> Vertices { get; set; } = [];

    /// <summary>For messages: ids and outcome.</summary>
    public override string ToString() => $"{Source.Activity.Id}:{Source.Port}->{Target.Activity.Id}";
}

/// <summary>A point in the designer.</summary>
/// <param name="X">To the right, in pixels of the unscaled canvas.</param>
/// <param name="Y">Downwards, in pixels of the unscaled canvas.</param>
public record Position(double X, double Y);

/// <summary>The ways an activity leaves by.</summary>
/// <param name="Names">The outcomes that connections start from, all of which are followed.</param>
public record Outcomes(params string[] Names)
{
    /// <summary>What an activity leaves by when it names nothing: "Done".</summary>
    public static readonly Outcomes Default = new(null!, "Done");

    /// <summary>No way at all: nothing goes on after the activity.</summary>
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
