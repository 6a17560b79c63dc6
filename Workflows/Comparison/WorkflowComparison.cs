using System.Text.Json;
using Elsa.Expressions.Models;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using TongBan.Workflows.Soundness;

namespace TongBan.Workflows.Comparison;

/// <summary>Says what a workflow does otherwise than the one it was made from. Steps are the same when id and type are.</summary>
public static class WorkflowComparison
{
    /// <summary>All differences: steps first, then their inputs, then connections.</summary>
    public static IReadOnlyList<Difference> Between(Workflow before, Workflow after)
    {
        var (was, now) = (new Plan(before), new Plan(after));
        var (old, current) = (Steps(was), Steps(now));
        return
        [
            .. Only(current, old).Select(step => new Difference(DifferenceKind.StepAdded, $"增加了步骤{now.Name(step)}", step.Activity.Id)),
            .. Only(old, current).Select(step => new Difference(DifferenceKind.StepRemoved, $"删除了步骤{was.Name(step)}", step.Activity.Id)),
            .. old.Keys.Where(current.ContainsKey).SelectMany(key => Changes(was, old[key], now, current[key])),
            .. Connections(was, now, DifferenceKind.ConnectionRemoved, "删除了连线"),
            .. Connections(now, was, DifferenceKind.ConnectionAdded, "增加了连线"),
        ];
    }

    private static Dictionary<(string Id, string Type), Step> Steps(Plan plan)
    {
        var steps = new Dictionary<(string, string), Step>();
        foreach (var step in plan.Steps)
            steps.TryAdd((step.Activity.Id, step.Activity.Type), step);
        return steps;
    }

    private static IEnumerable<Step> Only(Dictionary<(string Id, string Type), Step> here, Dictionary<(string Id, string Type), Step> there) =>
        here.Where(pair => !there.ContainsKey(pair.Key)).Select(pair => pair.Value);

    private static IEnumerable<Difference> Changes(Plan was, Step before, Plan now, Step after)
    {
        if (Wording.Text(before.Activity) != Wording.Text(after.Activity))
            yield return new(DifferenceKind.StepRenamed, $"步骤{was.Name(before)}改名为{now.Name(after)}", after.Activity.Id);
        var old = Parts.Inputs(before.Activity).GroupBy(part => part.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Text(group.First().Expression), StringComparer.Ordinal);
        foreach (var part in Parts.Inputs(after.Activity).DistinctBy(part => part.Name, StringComparer.Ordinal))
        {
            var (from, to) = (old.GetValueOrDefault(part.Name, ""), Text(part.Expression));
            if (from != to)
                yield return new(DifferenceKind.InputChanged, $"{now.Name(after)}的{Wording.Input(part)}由“{from}”改为“{to}”", after.Activity.Id, Before: from, After: to);
        }
    }

    private static IEnumerable<Difference> Connections(Plan here, Plan there, DifferenceKind kind, string what)
    {
        var others = Lines(there).Select(line => line.Key).ToHashSet();
        return Lines(here).Where(line => !others.Contains(line.Key)).DistinctBy(line => line.Key)
            .Select(line => new Difference(kind, $"{what}：{here.Name(line.From)}的出口{Wording.Outcome(line.Key.Port)}→{here.Name(line.To)}", line.Key.From, line.Key.Port));
    }

    private static IEnumerable<((string From, string Port, string To) Key, Step From, Step To)> Lines(Plan plan) =>
        from chart in plan.Steps
        where chart.Activity is Flowchart
        from line in ((Flowchart)chart.Activity).Connections
        let source = chart.Children.Find(child => child.Activity == line.Source?.Activity)
        let target = chart.Children.Find(child => child.Activity == line.Target?.Activity)
        where source is not null && target is not null
        select ((source.Activity.Id, Leaving.PortOf(line), target.Activity.Id), source, target);

    private static string Text(Expression? expression)
    {
        var value = expression?.Value switch
        {
            null => "",
            string text => text,
            Variable variable => variable.Name,
            InputDefinition input => input.Name,
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            var other => JsonSerializer.Serialize(other, other.GetType()),
        };
        return expression is null or { Type: "Literal" or "Object" } ? value : $"{expression.Type}：{value}";
    }
}
