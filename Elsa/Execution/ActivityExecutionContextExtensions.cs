using System.Reflection;
using System.Text.Json;
using Elsa.Execution;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Elsa.Workflows.State;

namespace Elsa.Extensions;

/// <summary>What activities commonly ask of their context.</summary>
public static partial class ActivityExecutionContextExtensions
{
    private const string ExtensionsMetadataKey = "Extensions";

    /// <summary>An input of the instance, or of the stimulus that resumed it, converted to <typeparamref name="T"/>; false when there is none of the name.</summary>
    public static bool TryGetWorkflowInput<T>(this ActivityExecutionContext context, string key, out T value, JsonSerializerOptions? serializerOptions = null)
    {
        var found = context.WorkflowInput.TryGetValue(key, out var stored);
        value = found ? stored.ConvertTo<T>(new(serializerOptions))! : default!;
        return found;
    }

    /// <summary>The input that has the name of the type <typeparamref name="T"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such input.</exception>
    public static T GetWorkflowInput<T>(this ActivityExecutionContext context, JsonSerializerOptions? serializerOptions = null) =>
        context.GetWorkflowInput<T>(typeof(T).Name, serializerOptions);

    /// <summary>An input of the instance, or of the stimulus that resumed it, converted to <typeparamref name="T"/>.</summary>
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

    /// <summary>Adds a variable to the nearest container while it runs; it lasts as long as the container's execution.</summary>
    /// <exception cref="InvalidOperationException">The container has one of the name that was added in the same way.</exception>
    public static Variable CreateVariable(this ActivityExecutionContext context, string name, object? value, Type? storageDriverType = null, Action<MemoryBlock>? configure = null) =>
        context.ExpressionExecutionContext.CreateVariable(name, value, storageDriverType, configure);

    /// <summary>Sets the nearest variable of the name; without one, creates it in the nearest container.</summary>
    public static Variable SetVariable(this ActivityExecutionContext context, string name, object? value, Action<MemoryBlock>? configure = null) =>
        context.ExpressionExecutionContext.SetVariable(name, value, configure);

    /// <summary>The same as <see cref="SetVariable"/>.</summary>
    public static Variable SetDynamicVariable<T>(this ActivityExecutionContext context, string name, T value, Action<MemoryBlock>? configure = null) =>
        context.SetVariable(name, value, configure);

    /// <summary>The value of the nearest variable of the name, converted to <typeparamref name="T"/>; the default when there is none.</summary>
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

    /// <summary>The nearest execution, from this one up, whose activity declares variables; null when none does.</summary>
    public static ActivityExecutionContext? FindParentWithVariableContainer(this ActivityExecutionContext context) => context.FindParent(candidate => candidate.Activity is IVariableContainer);

    /// <summary>The nearest execution, from this one up, that satisfies the predicate.</summary>
    public static ActivityExecutionContext? FindParent(this ActivityExecutionContext context, Func<ActivityExecutionContext, bool> predicate) =>
        context.GetAncestors().Prepend(context).FirstOrDefault(predicate);

    /// <summary>The executions that enclose this one, innermost first.</summary>
    public static IEnumerable<ActivityExecutionContext> GetAncestors(this ActivityExecutionContext context)
    {
        for (var ancestor = context.ParentActivityExecutionContext; ancestor != null; ancestor = ancestor.ParentActivityExecutionContext)
            yield return ancestor;
    }

    /// <summary>The executions directly inside this one that are not complete.</summary>
    public static IEnumerable<ActivityExecutionContext> GetChildren(this ActivityExecutionContext context) => context.StoredChildren ?? (IEnumerable<ActivityExecutionContext>)[];

    /// <summary>The executions directly inside this one that are not complete.</summary>
    public static IEnumerable<ActivityExecutionContext> GetActiveChildren(this ActivityExecutionContext context) => context.GetChildren();

    /// <summary>All executions inside this one, at any depth, that are not complete.</summary>
    public static IEnumerable<ActivityExecutionContext> GetDescendants(this ActivityExecutionContext context) =>
        context.GetChildren().SelectMany(child => child.GetDescendants().Prepend(child));

    /// <summary>The evaluated inputs by name.</summary>
    public static IDictionary<string, object> GetInputs(this ActivityExecutionContext context) => context.ActivityState;

    /// <summary>The outcome that a port of this activity stands for, by the name of its property.</summary>
    /// <exception cref="InvalidOperationException">The activity has no such port.</exception>
    public static string GetOutcomeName(this ActivityExecutionContext context, string portPropertyName)
    {
        var property = context.Activity.GetType().GetProperty(portPropertyName) is { } found && typeof(IActivity).IsAssignableFrom(found.PropertyType)
            ? found
            : throw new InvalidOperationException($"Activity '{context.Activity.Id}' ({context.Activity.Type}) has no port '{portPropertyName}'.");
        return property.GetCustomAttribute<PortAttribute>()?.Name ?? property.Name;
    }

    /// <summary>Sets one of the facts that tools show of an execution without knowing them.</summary>
    public static void SetExtensionsMetadata(this ActivityExecutionContext context, string key, object? value)
    {
        var facts = context.GetExtensionsMetadata() ?? new(StringComparer.Ordinal);
        facts[key] = value;
        context.SetMetadata(ExtensionsMetadataKey, facts);
    }

    /// <summary>The facts that tools show of an execution without knowing them; null when there are none.</summary>
    public static Dictionary<string, object?>? GetExtensionsMetadata(this ActivityExecutionContext context) => context.GetMetadata<Dictionary<string, object?>>(ExtensionsMetadataKey);
}
