using System.Globalization;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.JavaScript.Activities;
using Elsa.Http;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>Finds what is wrong with a definition in itself, in words that name the activity.</summary>
internal sealed class DefinitionCheck(ActivityRegistry registry)
{
    public IEnumerable<string> Errors(Workflow workflow, string definitionId, string? activityType)
    {
        return Inside(workflow.Root, []).Concat(Activities(workflow.Root, registry).SelectMany(activity => activity switch
        {
            Flowchart flowchart => Lines(flowchart),
            DefinitionActivity used when !IsSelf(used) && Uses(used) => [$"Activity '{used.Id}' uses '{used.WorkflowDefinitionId}', which in turn uses the definition that it stands in."],
            _ when IsSelf(activity) => [$"Activity '{activity.Id}' uses the definition that it stands in."],
            _ => [],
        }));

        bool IsSelf(IActivity activity) => activity switch
        {
            DefinitionActivity used => used.WorkflowDefinitionId == definitionId,
            NotFoundActivity unknown => activityType is not null && unknown.MissingTypeName == activityType,
            _ => false,
        };

        bool Uses(DefinitionActivity used) => Activities(used.Root, registry).Any(activity => IsSelf(activity) || (activity is DefinitionActivity next && Uses(next)));
    }

    /// <summary>A container inside a container of its own id would stand inside itself.</summary>
    private IEnumerable<string> Inside(IActivity activity, HashSet<string> around)
    {
        if (activity is DefinitionActivity)
            yield break;
        var isNew = activity.Id is null || around.Add(activity.Id);
        if (!isNew)
            yield return $"Activity '{activity.Id}' stands inside itself.";
        foreach (var error in registry.DescriptorOf(activity).Children(activity).SelectMany(child => Inside(child, around)))
            yield return error;
        if (isNew && activity.Id is not null)
            around.Remove(activity.Id);
    }

    /// <summary>Without those inside definitions that are used as activities.</summary>
    public static IEnumerable<IActivity> Activities(IActivity root, ActivityRegistry registry)
    {
        var open = new Stack<IActivity>([root]);
        while (open.TryPop(out var activity))
        {
            yield return activity;
            if (activity is DefinitionActivity)
                continue;
            foreach (var child in registry.DescriptorOf(activity).Children(activity))
                open.Push(child);
        }
    }

    private IEnumerable<string> Lines(Flowchart flowchart)
    {
        if (flowchart.CustomProperties.TryGetValue("notFoundConnections", out var missing))
        {
            foreach (var line in missing.ConvertTo<List<object>>() ?? [])
                yield return $"Flowchart '{flowchart.Id}' has a connection from '{End(line, "source")}' to '{End(line, "target")}', and one of them does not exist.";
        }

        foreach (var line in flowchart.Connections.Where(line => line.Source.Port is { Length: > 0 } port && !MayLeaveBy(line.Source.Activity, port)))
            yield return $"Activity '{line.Source.Activity.Id}' has no port '{line.Source.Port}', from which a connection leads to '{line.Target.Activity.Id}'.";
    }

    private static object? End(object line, string side) =>
        line is IDictionary<string, object?> ends && ends.TryGetValue(side, out var end) && end is IDictionary<string, object?> members && members.TryGetValue("activity", out var id) ? id : null;

    /// <summary>What an activity decides while it runs is let through.</summary>
    private bool MayLeaveBy(IActivity activity, string port)
    {
        if (port == "Done")
            return true;
        if (activity is FlowSwitch choice)
            return port == "Default" || choice.Cases.Any(candidate => candidate.Label == port);
        if (activity is FlowSendHttpRequest)
            return port is "Unmatched status code" or "Failed to connect" or "Timeout" || int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (activity is HttpEndpoint)
            return port is "Request too large" or "File too large" or "Invalid file extension" or "Invalid file MIME type";
        var named = registry.DescriptorOf(activity).Ports.Where(candidate => candidate.Type == PortType.Flow).Select(candidate => candidate.Name).ToList();
        if (named.Count > 0)
            return named.Contains(port, StringComparer.Ordinal);
        return activity is FlowFork or RunJavaScript or Container or Composite or NotFoundActivity || activity.GetType().Assembly != typeof(DefinitionCheck).Assembly;
    }
}
