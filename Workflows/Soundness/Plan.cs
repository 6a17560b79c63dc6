using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;

namespace TongBan.Workflows.Soundness;

/// <summary>The whole workflow as places and the ways between them, containers and all, so that one walk sees everything.</summary>
internal sealed class Plan
{
    private readonly List<Step> _steps = [];

    public Plan(Workflow workflow)
    {
        Root = Add(workflow.Root, null);
        foreach (var step in _steps)
            Lead(step);
    }

    public Step Root { get; }

    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Everywhere that work gets to.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="isBarred">Ways that it does not take.</param>
    public static HashSet<Place> Spread(IEnumerable<Place> from, Func<Way, bool>? isBarred = null) => Walk(from, place => place.Out, way => way.To, isBarred);

    /// <summary>Everywhere that work can come from.</summary>
    public static HashSet<Place> SpreadBack(Place to) => Walk([to], place => place.In, way => way.From, null);

    private static HashSet<Place> Walk(IEnumerable<Place> from, Func<Place, List<Way>> ways, Func<Way, Place> end, Func<Way, bool>? isBarred)
    {
        var seen = new HashSet<Place>(from);
        var open = new Stack<Place>(seen);
        while (open.TryPop(out var place))
        {
            foreach (var way in ways(place))
            {
                if (isBarred?.Invoke(way) != true && seen.Add(end(way)))
                    open.Push(end(way));
            }
        }

        return seen;
    }

    private Step Add(IActivity activity, Step? container)
    {
        var step = new Step(activity, container);
        _steps.Add(step);
        foreach (var (_, child) in step.Slots)
            step.Children.Add(Add(child, step));
        return step;
    }

    private void Lead(Step step)
    {
        switch (step)
        {
            case { Activity: Flowchart flowchart, IsContainer: true }:
                LeadFlowchart(step, flowchart);
                break;
            case { Activity: Sequence, IsContainer: true }:
                LeadSequence(step);
                break;
            case { IsContainer: true } when step.Slots.All(slot => slot.Slot == "Body"):
                LeadLoop(step);
                break;
            case { IsContainer: true }:
                LeadBranches(step);
                break;
            case { Activity: Break }:
                Connect(step.Exit, null, (LoopAround(step) ?? Root).Exit);
                break;
        }
    }

    private void LeadFlowchart(Step chart, Flowchart flowchart)
    {
        var byActivity = new Dictionary<IActivity, Step>(ReferenceEqualityComparer.Instance);
        foreach (var child in chart.Children)
            byActivity[child.Activity] = child;
        foreach (var start in Starts(chart, flowchart))
            Connect(chart.Entry, null, start.Entry);
        foreach (var child in chart.Children)
        {
            if (EndOf(chart, child) is { } end)
            {
                Connect(child.Exit, null, end);
                continue;
            }

            var lines = flowchart.Connections.Where(line => line.Source?.Activity == child.Activity && line.Target?.Activity is not null).ToList();
            foreach (var line in lines.Where(line => child.Outcomes?.Contains(Leaving.PortOf(line), StringComparer.Ordinal) != false && byActivity.ContainsKey(line.Target.Activity)))
                Connect(child.Exit, Leaving.PortOf(line), byActivity[line.Target.Activity].Entry, line);
            // What leaves by an outcome that leads nowhere is gone; when nothing else is left, so is the flowchart.
            if (child.Outcomes is null && lines.Count == 0)
                Connect(child.Exit, null, chart.Exit);
            foreach (var outcome in child.Outcomes?.Where(outcome => !lines.Exists(line => Leaving.PortOf(line) == outcome)) ?? [])
                Connect(child.Exit, outcome, chart.Exit);
        }
    }

    private void LeadSequence(Step sequence)
    {
        var last = sequence.Entry;
        foreach (var child in sequence.Children)
        {
            Connect(last, null, child.Entry);
            if (EndOf(sequence, child) is { } end)
                Connect(child.Exit, null, end);
            last = child.Exit;
            if (Leaving.IsEnding(child.Activity) && child.Activity is ITerminalNode || child.Activity is Break)
                return;
        }

        Connect(last, null, sequence.Exit);
    }

    private static void LeadLoop(Step loop)
    {
        Connect(loop.Entry, null, loop.Children[0].Entry);
        Connect(loop.Children[0].Exit, null, loop.Entry);
        // A loop whose condition always holds ends by a break only.
        if (loop.Activity is not While { Condition.Expression: { Type: "Literal", Value: true or "true" or "True" } })
            Connect(loop.Entry, null, loop.Exit);
    }

    private static void LeadBranches(Step step)
    {
        foreach (var (child, (slot, _)) in step.Children.Zip(step.Slots))
        {
            Connect(step.Entry, slot, child.Entry);
            Connect(child.Exit, null, step.Exit);
        }

        if (step.Activity is If { Then: null } or If { Else: null } or Switch { Default: null })
            Connect(step.Entry, null, step.Exit);
    }

    /// <summary>Where the activity that ends its container, or everything, leads.</summary>
    private Place? EndOf(Step container, Step child) => child.Activity switch
    {
        Finish => Root.Exit,
        ITerminalNode => container.Exit,
        _ => null,
    };

    /// <summary>The step at which Elsa begins, and those at which a trigger may.</summary>
    private static IEnumerable<Step> Starts(Step chart, Flowchart flowchart)
    {
        var first = chart.Children.Find(child => child.Activity == flowchart.Start)
            ?? chart.Children.Find(child => child.Activity is IStartNode)
            ?? chart.Children.Find(child => child.Activity.GetCanStartWorkflow())
            ?? chart.Children.Find(child => !flowchart.Connections.Any(line => line.Target?.Activity == child.Activity))
            ?? chart.Children[0];
        return chart.Children.Where(child => child == first || (chart.Container is null && child.Activity.GetCanStartWorkflow()));
    }

    private static Step? LoopAround(Step step)
    {
        var around = step.Container;
        while (around is not null && !(around.IsContainer && around.Slots.All(slot => slot.Slot == "Body")))
            around = around.Container;
        return around;
    }

    private static void Connect(Place from, string? port, Place to, Connection? line = null)
    {
        var way = new Way(from, port, to, line);
        from.Out.Add(way);
        to.In.Add(way);
    }
}
