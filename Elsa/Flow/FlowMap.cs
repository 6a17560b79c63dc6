using System.Collections;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Models;

namespace Elsa.Flow;

/// <summary>A connection in the map.</summary>
/// <param name="Order">Its place among the connections of the flowchart.</param>
/// <param name="Port">The outcome it leaves by.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="IsBack">Whether it returns to an activity that led to its source: it begins a new round.</param>
internal sealed record FlowLine(int Order, string? Port, FlowStop Source, FlowStop Target, bool IsBack);

/// <summary>An activity in the map.</summary>
internal sealed class FlowStop(IActivity activity, int number)
{
    private BitArray? _upstream;

    public IActivity Activity { get; } = activity;

    public string Id { get; } = activity.Id;

    public int Number { get; } = number;

    public List<FlowLine> Out { get; } = [];

    /// <summary>Lines that lead here, without those that return.</summary>
    public List<FlowLine> In { get; } = [];

    /// <summary>Lines that return here.</summary>
    public List<FlowLine> Returns { get; } = [];

    /// <summary>First activities of the loops this one stands in.</summary>
    public HashSet<string> Loops { get; } = new(StringComparer.Ordinal);

    public bool Merges => In.Count > 1;

    /// <summary>Whether work at another activity can still arrive here in the same round. Worked out when it is first asked for.</summary>
    public bool HasUpstream(FlowStop other, int stops) => (_upstream ??= FindUpstream(stops))[other.Number];

    /// <summary>Lines that begin a new round of a loop around this one bring nothing for this round; those of loops before it do.</summary>
    private BitArray FindUpstream(int stops)
    {
        var upstream = new BitArray(stops);
        foreach (var line in In)
            line.Source.Backwards(Id, candidate => !candidate.IsBack || !Loops.Contains(candidate.Target.Id), stop => upstream[stop.Number] = true);
        return upstream;
    }

    /// <summary>Visits this activity and all that lead to it, up to a border.</summary>
    public void Backwards(string border, Func<FlowLine, bool> follow, Action<FlowStop> visit)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { border };
        var open = new Stack<FlowStop>([this]);
        while (open.TryPop(out var stop))
        {
            if (!seen.Add(stop.Id))
                continue;
            visit(stop);
            foreach (var line in stop.Returns.Concat(stop.In).Where(follow))
                open.Push(line.Source);
        }
    }
}

/// <summary>What can be known of a flowchart before it runs: which lines return, which loops enclose what, who can reach whom.</summary>
internal sealed class FlowMap
{
    private readonly Dictionary<string, FlowStop> _stops = new(StringComparer.Ordinal);

    public FlowMap(IEnumerable<IActivity> activities, IEnumerable<Connection> connections, IActivity start)
    {
        foreach (var activity in activities)
            _stops.TryAdd(activity.Id, new FlowStop(activity, _stops.Count));
        var lines = connections.Where(IsWhole).Select((line, order) => new Line(order, line.Source.Port, line.Source.Activity.Id, line.Target.Activity.Id)).ToList();
        var forward = Forward(lines, start.Id, out var returning);
        foreach (var line in forward)
            Connect(line, isBack: false);
        foreach (var line in returning)
            Connect(line, isBack: true);
        foreach (var stop in _stops.Values)
            stop.Out.Sort((a, b) => a.Order.CompareTo(b.Order));
        foreach (var back in returning.SelectMany(line => _stops[line.Target].Returns.Where(back => back.Order == line.Order)))
            MarkLoop(back);
    }

    public FlowStop? Find(IActivity activity) => _stops.GetValueOrDefault(activity.Id);

    public FlowStop? Find(string id) => _stops.GetValueOrDefault(id);

    /// <summary>Whether work at an activity can still arrive at a join in the same round.</summary>
    public bool IsUpstream(FlowStop join, string id) => _stops.TryGetValue(id, out var stop) && join.HasUpstream(stop, _stops.Count);

    private bool IsWhole(Connection line) =>
        line.Source?.Activity is { } source && line.Target?.Activity is { } target && _stops.ContainsKey(source.Id) && _stops.ContainsKey(target.Id);

    private void Connect(Line ends, bool isBack)
    {
        var line = new FlowLine(ends.Order, ends.Port, _stops[ends.Source], _stops[ends.Target], isBack);
        line.Source.Out.Add(line);
        (isBack ? line.Target.Returns : line.Target.In).Add(line);
    }

    /// <summary>Walks breadth first from the start. A line is forward unless it would close a circle of forward lines.</summary>
    private static List<Line> Forward(List<Line> lines, string start, out List<Line> returning)
    {
        var forward = new List<Line>();
        var leads = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var bySource = lines.ToLookup(line => line.Source, StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        returning = [];
        while (queue.TryDequeue(out var source))
        {
            var targets = leads[source] = [];
            foreach (var line in bySource[source])
            {
                if (Leads(leads, line.Target, line.Source))
                {
                    returning.Add(line);
                    continue;
                }

                forward.Add(line);
                targets.Add(line.Target);
                if (seen.Add(line.Target))
                    queue.Enqueue(line.Target);
            }
        }

        return forward;
    }

    private static bool Leads(Dictionary<string, List<string>> leads, string from, string to)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Stack<string>([from]);
        while (open.TryPop(out var at))
        {
            if (at == to)
                return true;
            foreach (var next in leads.GetValueOrDefault(at) ?? [])
            {
                if (reached.Add(next))
                    open.Push(next);
            }
        }

        return false;
    }

    /// <summary>The loop of a returning line: its target, and all from which its source is reached without passing the target.</summary>
    private static void MarkLoop(FlowLine back)
    {
        back.Target.Loops.Add(back.Target.Id);
        back.Source.Backwards(back.Target.Id, _ => true, stop => stop.Loops.Add(back.Target.Id));
    }

    private readonly record struct Line(int Order, string? Port, string Source, string Target);
}
