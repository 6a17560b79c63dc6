using System.Data.Common;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Elsa.Execution;

/// <summary>
/// The engine's loop. A burst runs an instance from a start or a stimulus until nothing is scheduled: then the instance is
/// finished, or it waits. It keeps nothing itself; who calls it loads the state before and stores it afterwards.
/// </summary>
internal static class Burst
{
    /// <summary>In one burst: a loop that never waits would fill the memory.</summary>
    private const int MostActivities = 250_000;

    public static Task StartAsync(WorkflowExecutionContext workflow)
    {
        workflow.SubStatus = WorkflowSubStatus.Executing;
        workflow.Scheduled.Enqueue(new WorkItem(workflow.Graph.Root, null, new() { SchedulingActivityExecutionId = workflow.StartedBy }));
        return RunAsync(workflow);
    }

    public static async Task ResumeAsync(WorkflowExecutionContext workflow, Bookmark bookmark)
    {
        if (bookmark.AutoBurn)
            workflow.Bookmarks.Remove(bookmark);
        workflow.SubStatus = WorkflowSubStatus.Executing;
        if (workflow.FindContext(bookmark.ActivityInstanceId) is { } context)
        {
            var callback = context.ActivityNode.FindCallback(bookmark.CallbackMethodName);
            await InvokeAsync(context, "Resumed", callback ?? (bookmark.AutoComplete ? c => c.CompleteActivityAsync() : _ => default));
        }

        await RunAsync(workflow);
    }

    /// <summary>Runs an execution again from its beginning, as after an incident.</summary>
    public static Task RepeatAsync(WorkflowExecutionContext workflow, ActivityExecutionContext context)
    {
        workflow.SubStatus = WorkflowSubStatus.Executing;
        workflow.Scheduled.Enqueue(new WorkItem(context.ActivityNode, context.ParentActivityExecutionContext, new() { ExistingActivityExecutionContext = context }));
        return RunAsync(workflow);
    }

    /// <summary>Goes on after an execution that will not be completed by itself.</summary>
    public static async Task SkipAsync(WorkflowExecutionContext workflow, ActivityExecutionContext context, object outcomes)
    {
        workflow.SubStatus = WorkflowSubStatus.Executing;
        workflow.Touch(context);
        await context.CompleteActivityAsync(outcomes);
        await RunAsync(workflow);
    }

    /// <summary>Runs one activity and what it holds, with the workflow's variables around it.</summary>
    /// <param name="workflow">A new instance, which is not to be stored.</param>
    /// <param name="node">The activity.</param>
    /// <param name="values">Of variables, by id, instead of those they begin with.</param>
    public static async Task<ActivityExecutionContext> TryAsync(WorkflowExecutionContext workflow, ActivityNode node, IReadOnlyDictionary<string, object?> values)
    {
        workflow.SubStatus = WorkflowSubStatus.Executing;
        var root = Open(workflow, new WorkItem(workflow.Graph.Root, null));
        root.ExpressionExecutionContext.Memory.Declare(workflow.Variables);
        foreach (var variable in workflow.Variables.Where(variable => values.ContainsKey(variable.Id)))
            root.Set(variable, values[variable.Id]);
        root.TransitionTo(ActivityStatus.Running);
        workflow.Scheduled.Enqueue(new WorkItem(node, root));
        await RunAsync(workflow);
        return workflow.Touched.First(context => context.ActivityNode == node);
    }

    /// <summary>Ends an instance as a whole. What waits in it hears of it, so that it can withdraw what it asked of others.</summary>
    public static async Task CancelAsync(WorkflowExecutionContext workflow)
    {
        workflow.Journal.IsMuted = true;
        if (workflow.RootContext is { } root)
            await root.CancelAsync();
        workflow.Journal.IsMuted = false;
        workflow.Bookmarks.Clear();
        workflow.TransitionTo(WorkflowSubStatus.Cancelled);
        workflow.UpdatedAt = workflow.Now;
    }

    private static async Task RunAsync(WorkflowExecutionContext workflow)
    {
        var count = 0;
        do
        {
            while (workflow.Scheduled.TryDequeue(out var item))
            {
                workflow.CancellationToken.ThrowIfCancellationRequested();
                if (item.Options?.ExistingActivityExecutionContext is { IsCompleted: true })
                    continue;
                var context = item.Options?.ExistingActivityExecutionContext ?? Open(workflow, item);
                if (++count > MostActivities)
                    await FaultAsync(context, new InvalidOperationException($"{MostActivities} activities have run without a wait between them: '{context.Activity.Id}' is not run."));
                else
                    await InvokeAsync(context, "Started", null);
            }

            await EndLeftoversAsync(workflow);
        }
        while (!workflow.Scheduled.IsEmpty);
        Settle(workflow);
    }

    /// <summary>What was queued beside an end still runs, as in the original. Nothing of it waits: nobody would take its outcome.</summary>
    private static async Task EndLeftoversAsync(WorkflowExecutionContext workflow)
    {
        foreach (var chart in workflow.ActivityExecutionContexts.Where(context => context.Activity is Flowchart).ToList())
            await ((Flowchart)chart.Activity).EndLateAsync(chart);
        foreach (var leftover in workflow.ActivityExecutionContexts.Where(context => context.ParentActivityExecutionContext is { IsCompleted: true }).ToList())
            await leftover.CancelAsync();
    }

    private static ActivityExecutionContext Open(WorkflowExecutionContext workflow, WorkItem item)
    {
        var number = ++workflow.Opened;
        var context = new ActivityExecutionContext(Identity.OfExecution(workflow.Id, number), workflow, item.Owner, item.Node, workflow.Now)
        {
            Number = number,
            CompletionCallback = item.Options?.CompletionCallback,
            Tag = item.Options?.Tag,
            Rounds = item.Rounds,
            SchedulingActivityExecutionId = item.Options?.SchedulingActivityExecutionId ?? item.ScheduledBy?.Id,
            SchedulingActivityId = item.ScheduledBy?.Activity.Id,
            SchedulingWorkflowInstanceId = Identity.OtherInstanceOf(item.Options?.SchedulingActivityExecutionId, workflow.Id),
            CallStackDepth = item.ScheduledBy is { } scheduler ? scheduler.CallStackDepth + 1 : 0,
        };
        if (item.Options?.Input is { } input)
        {
            foreach (var (name, value) in input)
                context.ActivityInput[name] = value;
        }

        foreach (var variable in item.Options?.Variables ?? [])
        {
            context.DynamicVariables.Add(variable);
            context.ExpressionExecutionContext.Memory.Declare(variable);
        }

        workflow.Enter(context);
        return context;
    }

    /// <summary>Runs an activity, or the callback with which it goes on. A failure becomes an incident of this execution and of nothing else.</summary>
    private static async ValueTask InvokeAsync(ActivityExecutionContext context, string journalEvent, ExecuteActivityDelegate? callback)
    {
        var node = context.ActivityNode;
        context.WorkflowExecutionContext.Touch(context);
        context.TransitionTo(ActivityStatus.Running);
        context.AddExecutionLogEntry(journalEvent);
        var guard = node.IsForeign && !context.WorkflowExecutionContext.IsUnstored ? context.WorkflowExecutionContext.ServiceProvider.GetService<IForeignGuard>() : null;
        try
        {
            if (guard != null)
                await guard.EnterAsync(context.CancellationToken);
            if (callback != null)
                await callback(context);
            else if (!await ExecuteAsync(context, node))
                return;
        }
        catch (Exception e) when (!IsOfTheBurst(e, context.CancellationToken))
        {
            if (guard != null)
                await guard.UndoAsync(context.CancellationToken);
            await FaultAsync(context, e);
            return;
        }

        if (context.TakeHasNewBookmarks())
            context.AddExecutionLogEntry("Suspended");
    }

    /// <summary>
    /// A deadlock or a lost connection is no fault of the activity that happened to run: it ends the burst, nothing of which is
    /// stored, and who began the burst begins it again.
    /// </summary>
    internal static bool IsOfTheBurst(Exception? exception, CancellationToken cancellationToken) => exception switch
    {
        null => false,
        OperationCanceledException => cancellationToken.IsCancellationRequested,
        DbException { IsTransient: true } => true,
        _ => IsOfTheBurst(exception.InnerException, cancellationToken),
    };

    private static async ValueTask<bool> ExecuteAsync(ActivityExecutionContext context, ActivityNode node)
    {
        foreach (var input in node.Inputs)
        {
            if (input.AutoEvaluate)
                await input.EvaluateAsync(context);
        }

        if (!await node.Activity.CanExecuteAsync(context))
        {
            context.AddExecutionLogEntry("Precondition Failed", "The activity may not run now.");
            context.TransitionTo(ActivityStatus.Pending);
            return false;
        }

        await node.Activity.ExecuteAsync(context);
        if (node.CompletesItself && context.Status == ActivityStatus.Running && !context.Bookmarks.Any() && context.StoredChildren is null or { Count: 0 })
            await context.CompleteActivityAsync();
        return true;
    }

    private static ValueTask FaultAsync(ActivityExecutionContext context, Exception exception)
    {
        var workflow = context.WorkflowExecutionContext;
        context.ClearBookmarks();
        context.Fault(exception);
        context.AddExecutionLogEntry("Faulted", exception.Message);
        return IncidentHandling.DecideAsync(context);
    }

    private static void Settle(WorkflowExecutionContext workflow)
    {
        workflow.UpdatedAt = workflow.Now;
        if (workflow.SubStatus != WorkflowSubStatus.Executing)
            return;
        workflow.TransitionTo(workflow.ActivityExecutionContexts.Count == 0 ? WorkflowSubStatus.Finished : WorkflowSubStatus.Suspended);
    }
}
