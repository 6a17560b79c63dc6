using Elsa.Execution;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Options;
using Elsa.Workflows.Signals;

namespace Elsa.Workflows;

public partial class ActivityExecutionContext
{
    public ValueTask ScheduleActivityAsync(IActivity? activity, ActivityCompletionCallback? completionCallback, object? tag = null, IEnumerable<Variable>? variables = null) =>
        ScheduleActivityAsync(activity, new ScheduleWorkOptions { CompletionCallback = completionCallback, Tag = tag, Variables = variables?.ToList() });

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

    public async ValueTask ScheduleActivitiesAsync(params IActivity?[] activities)
    {
        foreach (var activity in activities)
            await ScheduleActivityAsync(activity);
    }

    public ValueTask ScheduleActivities(IEnumerable<IActivity?> activities, ActivityCompletionCallback? completionCallback, object? tag = null, IEnumerable<Variable>? variables = null) =>
        ScheduleActivities(activities, new ScheduleWorkOptions { CompletionCallback = completionCallback, Tag = tag, Variables = variables?.ToList() });

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
        await FinishAsync(result);
        if (ParentActivityExecutionContext is { } parent && CompletionCallback is { } callback)
            await callback(new ActivityCompletedContext(parent, this, result));
    }

    public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => CompleteActivityAsync(new Outcomes(outcomes));

    /// <summary>Completes the flowchart or workflow this activity stands in, with everything between.</summary>
    public async ValueTask CompleteCompositeAsync(params string[] outcomes)
    {
        await FinishAsync(null);
        var target = ParentActivityExecutionContext;
        for (; target is { Activity: not (Activities.Flowchart.Activities.Flowchart or Activities.Composite), ParentActivityExecutionContext: not null }; target = target.ParentActivityExecutionContext)
            await target.FinishAsync(null);
        if (target != null)
            await target.CompleteActivityAsync(outcomes.Length == 0 ? null : new Outcomes(outcomes));
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
        TransitionTo(ActivityStatus.Canceled);
        AddExecutionLogEntry("Canceled");
        if (Activity is ISignalHandler handler)
            await handler.ReceiveSignalAsync(new CancelSignal(), new SignalContext(this, this, CancellationToken));
        await EndChildrenAsync();
    }

    private async ValueTask FinishAsync(object? result)
    {
        if (IsCompleted)
            return;
        await EndChildrenAsync();
        if (result is Outcomes outcomes)
            JournalData["Outcomes"] = outcomes.Names;
        TransitionTo(ActivityStatus.Completed);
        AddExecutionLogEntry("Completed");
    }

    private async ValueTask EndChildrenAsync()
    {
        WorkflowExecutionContext.Scheduled.Withdraw(this);
        if (_children is { Count: > 0 })
        {
            foreach (var child in _children.ToArray())
                await child.CancelAsync();
        }

        ClearBookmarks();
    }
}
