using System.Text.Json;
using Elsa.Execution;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Elsa.Workflows.State;

namespace Elsa.Extensions;

/// <summary>What activities commonly ask of their context.</summary>
public static class ActivityExecutionContextExtensions
{
    public static bool TryGetWorkflowInput<T>(this ActivityExecutionContext context, string key, out T value, JsonSerializerOptions? serializerOptions = null)
    {
        var found = context.WorkflowInput.TryGetValue(key, out var stored);
        value = found ? stored.ConvertTo<T>(new(serializerOptions))! : default!;
        return found;
    }

    public static T GetWorkflowInput<T>(this ActivityExecutionContext context, JsonSerializerOptions? serializerOptions = null) =>
        context.GetWorkflowInput<T>(typeof(T).Name, serializerOptions);

    /// <exception cref="KeyNotFoundException">There is no such input.</exception>
    public static T GetWorkflowInput<T>(this ActivityExecutionContext context, string key, JsonSerializerOptions? serializerOptions = null) =>
        context.WorkflowInput[key].ConvertTo<T>(new(serializerOptions))!;

    /// <summary>Yields the value of an activity that has one.</summary>
    public static void SetResult(this ActivityExecutionContext context, object? value)
    {
        if (context.Activity is not IActivityWithResult activity)
            throw new InvalidOperationException($"Activity '{context.Activity.Id}' ({context.Activity.Type}) has no result.");
        context.Set(activity.Result, value, "Result");
    }

    /// <summary>Whether this activity's trigger started the instance.</summary>
    public static bool IsTriggerOfWorkflow(this ActivityExecutionContext context) =>
        string.Equals(context.WorkflowExecutionContext.TriggerActivityId, context.Activity.Id, StringComparison.Ordinal);

    public static Variable CreateVariable(this ActivityExecutionContext context, string name, object? value, Type? storageDriverType = null, Action<MemoryBlock>? configure = null) =>
        context.ExpressionExecutionContext.CreateVariable(name, value, storageDriverType, configure);

    public static Variable SetVariable(this ActivityExecutionContext context, string name, object? value, Action<MemoryBlock>? configure = null) =>
        context.ExpressionExecutionContext.SetVariable(name, value, configure);

    public static Variable SetDynamicVariable<T>(this ActivityExecutionContext context, string name, T value, Action<MemoryBlock>? configure = null) =>
        context.SetVariable(name, value, configure);

    public static T? GetVariable<T>(this ActivityExecutionContext context, string name) => context.ExpressionExecutionContext.GetVariable<T>(name);

    /// <summary>The values of all variables in scope; an inner one hides an outer one of the same name.</summary>
    public static IDictionary<string, object> GetVariableValues(this ActivityExecutionContext context)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var variable in VariableScope.Enumerate(context.ExpressionExecutionContext))
            values.TryAdd(variable.Name, context.ExpressionExecutionContext.TryGet(variable, out var value) ? value! : null!);
        return values;
    }

    /// <summary>Completes the activity through the given outcomes.</summary>
    public static ValueTask ScheduleOutcomesAsync(this ActivityExecutionContext context, params string[] outcomes) => context.CompleteActivityWithOutcomesAsync(outcomes);

    /// <summary>Ends an execution, and all inside it, without completing it.</summary>
    public static async Task CancelActivityAsync(this ActivityExecutionContext context)
    {
        await context.CancelAsync();
        if (context.ParentActivityExecutionContext is { Activity: Workflows.Activities.Flowchart.Activities.Flowchart flowchart } parent)
            await flowchart.GoOnAsync(parent);
    }

    /// <summary>Makes an incident of this execution.</summary>
    public static void Fault(this ActivityExecutionContext context, Exception e)
    {
        context.Exception = e;
        context.TransitionTo(ActivityStatus.Faulted);
        context.WorkflowExecutionContext.Incidents.Add(new ActivityIncident(
            context.Activity.Id, context.NodeId, context.Activity.Type, e.Message, ExceptionState.FromException(e), context.WorkflowExecutionContext.Now, context.Id));
        for (var faulted = context; faulted != null; faulted = faulted.ParentActivityExecutionContext)
            faulted.AggregateFaultCount++;
    }

    /// <summary>Takes the incident of this execution back.</summary>
    public static void RecoverFromFault(this ActivityExecutionContext context)
    {
        for (var faulted = context; faulted != null; faulted = faulted.ParentActivityExecutionContext)
            faulted.AggregateFaultCount = Math.Max(0, faulted.AggregateFaultCount - 1);
        if (context.WorkflowExecutionContext.Incidents.LastOrDefault(incident => incident.ActivityInstanceId == context.Id) is { } own)
            context.WorkflowExecutionContext.Incidents.Remove(own);
        context.Exception = null;
        if (context.Status == ActivityStatus.Faulted)
            context.TransitionTo(ActivityStatus.Running);
    }

    public static ActivityExecutionContext? FindParentWithVariableContainer(this ActivityExecutionContext context) => context.FindParent(candidate => candidate.Activity is IVariableContainer);

    /// <summary>The nearest execution, from this one up, that satisfies the predicate.</summary>
    public static ActivityExecutionContext? FindParent(this ActivityExecutionContext context, Func<ActivityExecutionContext, bool> predicate) =>
        context.GetAncestors().Prepend(context).FirstOrDefault(predicate);

    public static IEnumerable<ActivityExecutionContext> GetAncestors(this ActivityExecutionContext context)
    {
        for (var ancestor = context.ParentActivityExecutionContext; ancestor != null; ancestor = ancestor.ParentActivityExecutionContext)
            yield return ancestor;
    }

    public static IEnumerable<ActivityExecutionContext> GetChildren(this ActivityExecutionContext context) => context.StoredChildren ?? (IEnumerable<ActivityExecutionContext>)[];

    public static IEnumerable<ActivityExecutionContext> GetActiveChildren(this ActivityExecutionContext context) => context.GetChildren();

    public static IEnumerable<ActivityExecutionContext> GetDescendants(this ActivityExecutionContext context) =>
        context.GetChildren().SelectMany(child => child.GetDescendants().Prepend(child));

    /// <summary>The evaluated inputs by name.</summary>
    public static IDictionary<string, object> GetInputs(this ActivityExecutionContext context) => context.ActivityState;
}
