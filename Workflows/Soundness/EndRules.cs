namespace TongBan.Workflows.Soundness;

/// <summary>Every step is reached, and from every step the end.</summary>
internal static class EndRules
{
    private const int MostNames = 5;

    public static IEnumerable<Finding> Unreachable(Plan plan, HashSet<Place> reached) =>
        from step in plan.Steps
        where !reached.Contains(step.Entry) && (step.Container is null || reached.Contains(step.Container.Entry))
        select new Finding("unreachable", $"从开始走不到{plan.Name(step)}", step.Activity.Id);

    /// <summary>Where work gets to and never comes to the end.</summary>
    public static IEnumerable<Finding> Endless(Plan plan, HashSet<Place> reached)
    {
        var ending = Plan.SpreadBack(plan.Root.Exit);
        var stuck = plan.Steps.Where(step => reached.Contains(step.Exit) && !ending.Contains(step.Exit)).ToList();
        foreach (var step in stuck.Where(step => step.Exit.Out.Count == 0))
            yield return DeadEnd(plan, step);
        var circling = stuck.Where(step => Plan.Spread([step.Exit]).All(place => place.Out.Count > 0)).ToList();
        if (circling.Count > 0)
        {
            var names = string.Concat(circling.Take(MostNames).Select(step => plan.Name(step)));
            yield return new("endless", $"{names}{(circling.Count > MostNames ? "等" : "")}之间循环，走不到结束", circling[0].Activity.Id);
        }
    }

    /// <summary>Ways into the end that do not mean the end.</summary>
    public static IEnumerable<Finding> DeadEnds(Plan plan, HashSet<Place> reached) => Improper(plan, plan.Root, reached).DistinctBy(finding => (finding.ActivityId, finding.Port));

    private static IEnumerable<Finding> Improper(Plan plan, Step ended, HashSet<Place> reached)
    {
        if (!ended.IsContainer && !Leaving.IsEnding(ended.Activity))
            yield return DeadEnd(plan, ended);
        foreach (var way in ended.IsContainer ? ended.Exit.In.Where(way => reached.Contains(way.From)) : [])
        {
            var step = way.From.Step;
            if (way.From == ended.Entry)
                yield return DeadEnd(plan, ended);
            else if (step.IsContainer && way.From == step.Exit)
            {
                foreach (var finding in Improper(plan, step, reached))
                    yield return finding;
            }
            else if (!Leaving.IsEnding(step.Activity))
                yield return step.Outcomes is { Count: > 1 } && way is { Line: null, Port: not null } ? ConnectionRules.Loose(plan, way) : DeadEnd(plan, step);
        }
    }

    private static Finding DeadEnd(Plan plan, Step step) => new(
        "dead-end",
        Leaving.IsWait(step.Activity) ? $"{plan.Name(step)}等到以后没有出路：后面没有步骤" : $"走到{plan.Name(step)}就断了：它不是结束，后面也没有步骤",
        step.Activity.Id);
}
