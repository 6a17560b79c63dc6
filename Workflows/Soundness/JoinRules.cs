using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;

namespace TongBan.Workflows.Soundness;

/// <summary>
/// No join starves: nothing waits for a branch that may not come while another has. A branch does not come when a step before it
/// leaves by another outcome, when nothing leads to it, or when it waits for what most cases never see.
/// </summary>
internal static class JoinRules
{
    public static IEnumerable<Finding> Starving(Plan plan, HashSet<Place> reached) =>
        plan.Steps.Where(step => step.Container?.Activity is Flowchart && reached.Contains(step.Entry)).SelectMany(join => Check(plan, join, reached));

    private static IEnumerable<Finding> Check(Plan plan, Step join, HashSet<Place> reached)
    {
        var mode = ModeOf(join);
        if (mode == FlowJoinMode.WaitAny)
            yield break;
        // What comes back to the join from behind it begins another round and is not waited for.
        var before = Plan.Spread([plan.Root.Entry], way => way.From == join.Entry);
        var lines = join.Entry.In.Where(way => before.Contains(way.From)).ToList();
        if (mode == FlowJoinMode.WaitAll)
        {
            foreach (var way in Dead(join, reached))
                yield return new("starving-join", $"{plan.Name(join)}要等齐所有分支，但来自{plan.Name(way)}的分支永远不会到来", join.Activity.Id);
        }

        if (lines.Count < 2)
            yield break;
        // One reason is enough to redraw the join; the one that strikes nearly every case comes first.
        foreach (var step in before.Select(place => place.Step).Distinct().Where(step => step != join).OrderByDescending(step => Leaving.MayNeverLeave(step.Activity)))
        {
            if (Missed(step, join, lines, mode) is { } missed)
            {
                yield return Starves(plan, join, step, missed);
                yield break;
            }
        }
    }

    private static Finding Starves(Plan plan, Step join, Step step, (string? Port, Way Line) missed) => new(
        "starving-join",
        missed.Port is null
            ? $"{plan.Name(join)}要等{plan.Name(step)}，而多数办件等不到：请改为先到先走"
            : $"{plan.Name(join)}要等齐所有分支，但{plan.Name(step)}从出口{Wording.Outcome(missed.Port)}离开后，来自{plan.Name(missed.Line.From.Step)}的分支不会到来",
        join.Activity.Id,
        missed.Port);

    /// <summary>The outcome after which a line stays empty although another may be filled, if the step has one.</summary>
    private static (string? Port, Way Line)? Missed(Step step, Step join, List<Way> lines, FlowJoinMode mode)
    {
        var mayNeverLeave = Leaving.MayNeverLeave(step.Activity);
        if (!mayNeverLeave && (mode != FlowJoinMode.WaitAll || !Leaving.IsChoice(step)))
            return null;
        var all = lines.Where(Reach([step.Exit], join).Contains).ToList();
        if (mayNeverLeave)
            return all.Count > 0 && all.Count < lines.Count ? (null, all[0]) : null;
        foreach (var outcome in step.Exit.Out.GroupBy(way => way.Port, StringComparer.Ordinal))
        {
            var filled = outcome.SelectMany(way => Taken(way, join)).ToHashSet();
            var empty = all.Where(line => !filled.Contains(line)).ToList();
            if (empty.Count > 0 && (filled.Overlaps(lines) || (all.Count < lines.Count && !Ends(outcome, join))))
                return (outcome.Key, empty[0]);
        }

        return null;
    }

    /// <summary>All ways that work may take without passing the join.</summary>
    private static HashSet<Way> Reach(IEnumerable<Place> from, Step join) =>
        [.. Plan.Spread(from, way => way.From == join.Entry).Where(place => place != join.Entry).SelectMany(place => place.Out)];

    private static HashSet<Way> Taken(Way first, Step join) => first.To == join.Entry ? [first] : [first, .. Reach([first.To], join)];

    /// <summary>Whether all that follows ends what the join would wait with: the flowchart, or by a join further on that takes the first and drops the rest.</summary>
    private static bool Ends(IEnumerable<Way> outcome, Step join)
    {
        var after = Plan.Spread([join.Exit]);
        bool Stops(Place place) => place.Step.Activity is ITerminalNode || (place.Step.Activity is FlowJoin && ModeOf(place.Step) == FlowJoinMode.WaitAny && after.Contains(place));
        var open = Plan.Spread(outcome.Select(way => way.To), way => Stops(way.From));
        return !open.Any(place => place.Step == join.Container && place == join.Container.Exit);
    }

    /// <summary>Steps whose connection to the join is drawn but never taken.</summary>
    private static IEnumerable<Step> Dead(Step join, HashSet<Place> reached)
    {
        foreach (var line in ((Flowchart)join.Container!.Activity).Connections.Where(line => line.Target?.Activity == join.Activity))
        {
            var source = join.Container.Children.Find(child => child.Activity == line.Source?.Activity);
            if (source is not null && (!reached.Contains(source.Exit) || source.Exit.Out.TrueForAll(way => !Equals(way.Line, line))))
                yield return source;
        }
    }

    /// <summary>A step to which several connections lead waits for those that are under way, as a join of that mode does.</summary>
    private static FlowJoinMode ModeOf(Step step) => step.Activity is not FlowJoin join ? FlowJoinMode.WaitAllActive
        : join.Mode?.Expression?.Value is { } value && Enum.TryParse<FlowJoinMode>(value.ToString(), ignoreCase: true, out var mode) ? mode
        : FlowJoinMode.WaitAny;
}
