using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Models;

namespace Elsa.Flow;

/// <summary>A connection in the map.</summary>
/// <param name="Port">The outcome it leaves by.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="IsBack">Whether it returns to an activity that led to its source: it begins a new round.</param>
internal sealed record FlowLine(string? Port, FlowStop Source, FlowStop Target, bool IsBack);

/// <summary>An activity in the map.</summary>
internal sealed class FlowStop(IActivity activity)
{
    public IActivity Activity { get; } = activity;

    public string Id { get; } = activity.Id;

    public List<FlowLine> Out { get; } = [];

    /// <summary>Lines that lead here, without those that return.</summary>
    public List<FlowLine> In { get; } = [];

    /// <summary>Lines that return here.</summary>
    public List<FlowLine> Returns { get; } = [];

    /// <summary>First activities of the loops this one stands in.</summary>
    public HashSet<string> Loops { get; } = new(StringComparer.Ordinal);

    /// <summary>Activities from which work can still arrive in the same round.</summary>
    public HashSet<string> Upstream { get; } = new(StringComparer.Ordinal);

    public bool Merges => In.Count > 1;
}

/// <summary>What can be known of a flowchart before it runs: which lines return, which loops enclose what, who can reach whom.</summary>
internal sealed class FlowMap
{
    private readonly Dictionary<string, FlowStop> _stops;

    public FlowMap(IEnumerable<IActivity> activities, IEnumerable<Connection> connections, IActivity start)
    {
        _stops = activities.DistinctBy(activity => activity.Id, StringComparer.Ordinal).ToDictionary(activity => activity.Id, activity => new FlowStop(activity), StringComparer.Ordinal);
        var lines = connections.Where(IsWhole).Select(line => (Port: line.Source.Port, Source: line.Source.Activity.Id, Target: line.Target.Activity.Id)).ToList();
        var forward = Forward(lines, start.Id, out var returning);
        foreach (var (port, source, target) in forward)
            Connect(port, source, target, isBack: false);
        foreach (var (port, source, target) in returning)
            Connect(port, source, target, isBack: true);
        foreach (var stop in _stops.Values)
            stop.Out.Sort((a, b) => Order(lines, a).CompareTo(Order(lines, b)));
        foreach (var back in _stops.Values.SelectMany(stop => stop.Out).Where(line => line.IsBack))
            MarkLoop(back);
        foreach (var stop in _stops.Values.Where(stop => stop.In.Count > 0))
            MarkUpstream(stop);
    }

    public FlowStop? Find(IActivity activity) => _stops.GetValueOrDefault(activity.Id);

    public FlowStop? Find(string id) => _stops.GetValueOrDefault(id);

    private bool IsWhole(Connection line) =>
        line.Source?.Activity is { } source && line.Target?.Activity is { } target && _stops.ContainsKey(source.Id) && _stops.ContainsKey(target.Id);

    private static int Order(List<(string? Port, string Source, string Target)> lines, FlowLine line) => lines.IndexOf((line.Port, line.Source.Id, line.Target.Id));

    private void Connect(string? port, string source, string target, bool isBack)
    {
        var line = new FlowLine(port, _stops[source], _stops[target], isBack);
        line.Source.Out.Add(line);
        (isBack ? line.Target.Returns : line.Target.In).Add(line);
    }

    /// <summary>Walks breadth first from the start. A line is forward unless it would close a circle of forward lines.</summary>
    private static List<(string? Port, string Source, string Target)> Forward(
        List<(string? Port, string Source, string Target)> lines, string start, out List<(string? Port, string Source, string Target)> returning)
    {
        var forward = new List<(string? Port, string Source, string Target)>();
        var bySource = lines.ToLookup(line => line.Source, StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        returning = [];
        while (queue.TryDequeue(out var source))
        {
            foreach (var line in bySource[source])
            {
                if (Leads(forward, line.Target, line.Source))
                    returning.Add(line);
                else
                    forward.Add(line);
                if (seen.Add(line.Target))
                    queue.Enqueue(line.Target);
            }
        }

        return forward;
    }

    private static bool Leads(List<(string? Port, string Source, string Target)> lines, string from, string to)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Stack<string>([from]);
        while (open.TryPop(out var at))
        {
            if (at == to)
                return true;
            foreach (var line in lines)
            {
                if (line.Source == at && reached.Add(line.Target))
                    open.Push(line.Target);
            }
        }

        return false;
    }

    /// <summary>The loop of a returning line: its target, and all from which its source is reached without passing the target.</summary>
    private static void MarkLoop(FlowLine back)
    {
        back.Target.Loops.Add(back.Target.Id);
        Backwards(back.Source, back.Target.Id, line => true, stop => stop.Loops.Add(back.Target.Id));
    }

    /// <summary>Lines that begin a new round of a loop around the join bring nothing for this round; those of loops before it do.</summary>
    private static void MarkUpstream(FlowStop join)
    {
        foreach (var line in join.In)
            Backwards(line.Source, join.Id, candidate => !candidate.IsBack || !join.Loops.Contains(candidate.Target.Id), stop => join.Upstream.Add(stop.Id));
    }

    private static void Backwards(FlowStop from, string border, Func<FlowLine, bool> follow, Action<FlowStop> mark)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { border };
        var open = new Stack<FlowStop>([from]);
        while (open.TryPop(out var stop))
        {
            if (!seen.Add(stop.Id))
                continue;
            mark(stop);
            foreach (var line in stop.Returns.Concat(stop.In).Where(follow))
                open.Push(line.Source);
        }
    }
}
