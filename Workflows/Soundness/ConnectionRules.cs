using System.Collections;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;

namespace TongBan.Workflows.Soundness;

/// <summary>Every connection joins what exists, and every outcome is connected.</summary>
internal static class ConnectionRules
{
    public static IEnumerable<Finding> UnknownActivities(Plan plan) =>
        from step in plan.Steps
        where step.Activity is NotFoundActivity
        select new Finding("unknown-activity", $"{plan.Name(step)}的类型“{((NotFoundActivity)step.Activity).MissingTypeName}”不存在", step.Activity.Id);

    public static IEnumerable<Finding> BadConnections(Plan plan) =>
        plan.Steps.Where(step => step.Activity is Flowchart).SelectMany(chart => Check(plan, chart, (Flowchart)chart.Activity));

    /// <summary>Steps with several outcomes that stand where only a flowchart could tell these apart.</summary>
    public static IEnumerable<Finding> LostOutcomes(Plan plan) =>
        from step in plan.Steps
        where step is { Outcomes.Count: > 1, Container.Activity: not Flowchart } && Leaving.IsOurs(step.Activity)
        select new Finding(
            "outcome-lost", $"{plan.Name(step)}放在{plan.Name(step.Container!)}里，它的出口{string.Concat(step.Outcomes!.Select(Wording.Outcome))}无法分别连接；请放到流程图中", step.Activity.Id);

    /// <summary>Our steps inside a nested flowchart: there an outcome that leads nowhere would pass for the nested flowchart's end.</summary>
    public static IEnumerable<Finding> LooseOutcomes(Plan plan) =>
        from step in plan.Steps
        where step is { Outcomes.Count: > 1, Container: { Activity: Flowchart, Container: not null } } && Leaving.IsOurs(step.Activity)
        from way in step.Exit.Out
        where way is { Line: null, Port: not null }
        select Loose(plan, way);

    /// <summary>An outcome without a connection.</summary>
    public static Finding Loose(Plan plan, Way way) =>
        new("loose-outcome", $"{plan.Name(way.From.Step)}的出口{Wording.Outcome(way.Port!)}没有接到任何步骤", way.From.Step.Activity.Id, way.Port);

    private static IEnumerable<Finding> Check(Plan plan, Step chart, Flowchart flowchart)
    {
        foreach (var line in flowchart.Connections)
        {
            var source = chart.Children.Find(child => child.Activity == line.Source?.Activity);
            var target = chart.Children.Find(child => child.Activity == line.Target?.Activity);
            if (source is null || target is null)
                yield return Missing(plan, source ?? target);
            else if (source.Outcomes?.Contains(Leaving.PortOf(line), StringComparer.Ordinal) == false)
                yield return new("unknown-port", $"{plan.Name(source)}没有出口“{Leaving.PortOf(line)}”，从它到{plan.Name(target)}的连线永远走不到", source.Activity.Id, Leaving.PortOf(line));
            else if (line.Target.Port is not (null or "" or "In"))
                yield return new("unknown-port", $"{plan.Name(target)}没有入口“{line.Target.Port}”", target.Activity.Id, line.Target.Port);
        }

        // What the definition connects to an activity that it does not have is set aside when it is read.
        if (flowchart.CustomProperties.TryGetValue("notFoundConnections", out var lost) && lost is IEnumerable lines and not string)
        {
            foreach (var line in lines.Cast<object?>())
                yield return Missing(plan, chart.Children.Find(child => Ends(line).Contains(child.Activity.Id, StringComparer.Ordinal)));
        }
    }

    private static Finding Missing(Plan plan, Step? known) => new(
        "unknown-step", known is null ? "有一条连线的两端都不是流程中的步骤" : $"{plan.Name(known)}有一条连线通向不存在的步骤", known?.Activity.Id);

    private static IEnumerable<string> Ends(object? line) => line switch
    {
        Connection connection => [connection.Source?.Activity?.Id ?? "", connection.Target?.Activity?.Id ?? ""],
        IDictionary<string, object?> members => members.Values.OfType<IDictionary<string, object?>>().Select(end => end.TryGetValue("activity", out var id) ? id as string ?? "" : ""),
        _ => [],
    };
}
