using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Options;
using Elsa.Workflows.Signals;

namespace Elsa.Workflows;

public partial class ActivityExecutionContext
{
    /// <summary>What it completes with when nothing else is said: see <see cref="CompleteCompositeAsync"/>.</summary>
    private object? _ending;

    /// <summary>Queues a child of this execution. Without a child the callback is called at once.</summary>
    /// <param name="activity">The child, part of this workflow's definition.</param>
    /// <param name="completionCallback">A method of this activity, called when the child is complete.</param>
    /// <param name="tag">Travels with the child.</param>
    /// <param name="variables">Variables of the child's own scope.</param>
    public ValueTask ScheduleActivityAsync(IActivity? activity, ActivityCompletionCallback? completionCallback, object? tag = null, IEnumerable<Variable>? variables = null) =>
        ScheduleActivityAsync(activity, new ScheduleWorkOptions { CompletionCallback = completionCallback, Tag = tag, Variables = variables?.ToList() });

    /// <summary>Queues a child of this execution. Without a child the callback is called at once.</summary>
    public ValueTask ScheduleActivityAsync(IActivity? activity, ScheduleWorkOptions? options = null) => ScheduleActivityAsync(activity, this, options);

    /// <summary>Queues a child. Without a child there is nothing to wait for, so the callback is called at once.</summary>
    public async ValueTask ScheduleActivityAsync(IActivity? activity, ActivityExecutionContext? owner, ScheduleWorkOptions? options = null)
    {
        if (activity == null)
        {
            if (options?.CompletionCallback is { } callback)
                await callback(new ActivityCompletedContext(this, this));
            return;
        }

        Schedule(activity, owner ?? this, options);
    }

    /// <summary>Queues children in the order given; nothing is called when they are complete.</summary>
    public async ValueTask ScheduleActivitiesAsync(params IActivity?[] activities)
    {
        foreach (var activity in activities)
            await ScheduleActivityAsync(activity);
    }

    /// <summary>Queues children in the order given; the callback is called once for each.</summary>
    public ValueTask ScheduleActivities(IEnumerable<IActivity?> activities, ActivityCompletionCallback? completionCallback, object? tag = null, IEnumerable<Variable>? variables = null) =>
        ScheduleActivities(activities, new ScheduleWorkOptions { CompletionCallback = completionCallback, Tag = tag, Variables = variables?.ToList() });

    /// <summary>Queues children in the order given, all in the same way.</summary>
    public async ValueTask ScheduleActivities(IEnumerable<IActivity?> activities, ScheduleWorkOptions? options = null)
    {
        foreach (var activity in activities)
            await ScheduleActivityAsync(activity, options);
    }

    internal WorkItem? Schedule(IActivity activity, ActivityExecutionContext owner, ScheduleWorkOptions? options, Flow.Rounds? rounds = null)
    {
        var workflow = WorkflowExecutionContext;
        var node = options?.ExistingActivityExecutionContext?.ActivityNode ?? workflow.Graph.NodeOf(activity);
        if (options?.PreventDuplicateScheduling == true && workflow.Scheduled.Any(item => item.Node == node && item.Owner == owner))
            return null;
        var item = new WorkItem(node, owner, options, rounds, this);
        workflow.Scheduled.Enqueue(item);
        return item;
    }

    /// <summary>Completes this execution: what still runs inside is cancelled, and the parent goes on with the outcomes in <paramref name="result"/>.</summary>
    public async ValueTask CompleteActivityAsync(object? result = null)
    {
        if (Status is not (ActivityStatus.Running or ActivityStatus.Faulted))
            return;
        result ??= _ending;
        await EndChildrenAsync();
        if (result is Outcomes outcomes)
            JournalData["Outcomes"] = outcomes.Names;
        TransitionTo(ActivityStatus.Completed);
        AddExecutionLogEntry("Completed");
        if (ParentActivityExecutionContext is { IsCompleted: false } parent && CompletionCallback is { } callback)
            await callback(new ActivityCompletedContext(parent, this, result));
    }

    /// <summary>Completes this execution; a flowchart goes on along the connections of these outcomes.</summary>
    public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => CompleteActivityAsync(new Outcomes(outcomes));

    /// <summary>
    /// Completes the flowchart or workflow this activity stands in. Containers between the two end as after a last activity.
    /// A loop between them is broken off, and then it is the workflow that ends.
    /// </summary>
    public async ValueTask CompleteCompositeAsync(params string[] outcomes)
    {
        var between = this.GetAncestors().TakeWhile(ancestor => ancestor.Activity is not Composite).ToList();
        var loops = between.Where(ancestor => ancestor.Activity is Loop).ToList();
        var target = (loops.Count == 0 ? between.Find(ancestor => ancestor.Activity is Activities.Flowchart.Activities.Flowchart) : null) ?? this.FindParent(ancestor => ancestor.Activity is Composite);
        if (target is null)
        {
            await CompleteActivityAsync();
            return;
        }

        target._ending = outcomes.Length == 0 ? null : new Outcomes(outcomes);
        foreach (var loop in loops)
            await loop.CancelAsync();
        await CompleteActivityAsync();
        await target.CompleteActivityAsync();
    }

    /// <summary>Sends a signal to this activity and then to those that enclose it, until one stops it.</summary>
    public async ValueTask SendSignalAsync(object signal)
    {
        for (var receiver = this; receiver != null; receiver = receiver.ParentActivityExecutionContext)
        {
            if (receiver.Activity is not ISignalHandler handler)
                continue;
            var context = new SignalContext(receiver, this, CancellationToken);
            await handler.ReceiveSignalAsync(signal, context);
            if (context.StopPropagationRequested)
                return;
        }
    }

    /// <summary>Ends this execution and all inside it without completing them.</summary>
    internal async ValueTask CancelAsync()
    {
        if (IsCompleted)
            return;
        await EndChildrenAsync();
        TransitionTo(ActivityStatus.Canceled);
        AddExecutionLogEntry("Canceled");
        if (Activity is ISignalHandler handler)
            await handler.ReceiveSignalAsync(new CancelSignal(), new SignalContext(this, this, CancellationToken));
    }

    private async ValueTask EndChildrenAsync()
    {
        if (_children is { Count: > 0 })
        {
            foreach (var child in _children.ToArray())
                await child.CancelAsync();
        }

        ClearBookmarks();
    }
}
