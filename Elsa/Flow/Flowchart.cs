using System.ComponentModel;
using System.Runtime.CompilerServices;
using Elsa.Extensions;
using Elsa.Flow;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Attributes;

namespace Elsa.Workflows.Activities.Flowchart.Activities;

/// <summary>Activities and the connections between them.</summary>
[Activity("Elsa", "Flow", "A flowchart is a collection of activities and connections between them.")]
[Browsable(false)]
public class Flowchart : Container
{
    private const string ScopeKey = "FlowScope";

    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Flowchart([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Where it begins; null leaves it to the shape.</summary>
    [Port]
    [Browsable(false)]
    public IActivity? Start { get; set; }

    /// <summary>The lines between the children. One to an activity that is not there is refused when a definition is published.</summary>
    public ICollection<Connection> Connections { get; set; } = [];

    /// <inheritdoc />
    protected override async ValueTask ScheduleChildrenAsync(ActivityExecutionContext context)
    {
        if (FindStart(context) is not { } start)
        {
            await context.CompleteActivityAsync();
            return;
        }

        context.SetProperty("Start", start.Id);
        await context.ScheduleActivityAsync(start, OnChildCompletedAsync);
    }

    /// <summary>Goes on after something inside was cancelled from outside.</summary>
    internal async ValueTask GoOnAsync(ActivityExecutionContext context)
    {
        if (context.Status == ActivityStatus.Running)
            await new FlowStep(this, context, Map(context), Scope(context)).SettleAsync();
    }

    internal ValueTask OnChildCompletedAsync(ActivityCompletedContext completed)
    {
        var context = completed.TargetContext;
        if (completed.ChildContext.Activity is ITerminalNode)
            return context.CompleteActivityAsync();
        return new FlowStep(this, context, Map(context), Scope(context)).FollowAsync(completed.ChildContext, completed.Result as Outcomes ?? Outcomes.Default);
    }

    /// <summary>At the end of a burst: what ran on beside a join that went on with the first arrival does not wait.</summary>
    internal async ValueTask EndLateAsync(ActivityExecutionContext context)
    {
        if (context.Status == ActivityStatus.Running && context.StoredProperties?.TryGetValue(ScopeKey, out var stored) == true && stored is FlowScope { Passed.Count: > 0 } scope)
            await new FlowStep(this, context, Map(context), scope).EndLateAsync();
    }

    /// <summary>Ends what could still bring a second arrival to a join that has gone on with the first.</summary>
    internal async ValueTask EndUpstreamAsync(ActivityExecutionContext join)
    {
        if (join.ParentActivityExecutionContext is { } context)
            await new FlowStep(this, context, Map(context), Scope(context)).EndUpstreamAsync(join.Activity, join.Rounds);
    }

    private IActivity? FindStart(ActivityExecutionContext context)
    {
        var trigger = context.WorkflowExecutionContext.TriggerActivityId;
        return Activities.FirstOrDefault(activity => trigger != null && activity.Id == trigger)
            ?? Start
            ?? Activities.FirstOrDefault(activity => activity is IStartNode)
            ?? Activities.FirstOrDefault(activity => activity.GetCanStartWorkflow())
            ?? Activities.FirstOrDefault(activity => !Connections.Any(line => line.Target?.Activity == activity))
            ?? Activities.FirstOrDefault();
    }

    private FlowMap Map(ActivityExecutionContext context)
    {
        var start = context.GetProperty<string>("Start")!;
        var maps = (System.Collections.Concurrent.ConcurrentDictionary<string, FlowMap>)(context.ActivityNode.Compiled
            ??= new System.Collections.Concurrent.ConcurrentDictionary<string, FlowMap>(StringComparer.Ordinal));
        return maps.GetOrAdd(start, id => new FlowMap(Activities, Connections, Activities.First(activity => activity.Id == id)));
    }

    private static FlowScope Scope(ActivityExecutionContext context) => context.GetProperty(ScopeKey, () => new FlowScope());
}
