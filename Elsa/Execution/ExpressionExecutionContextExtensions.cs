using Elsa.Execution;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Extensions;

/// <summary>Variables, inputs and outputs as an expression sees them.</summary>
public static class ExpressionExecutionContextExtensions
{
    /// <summary>The instance in which the expression is evaluated; false while triggers are indexed.</summary>
    public static bool TryGetWorkflowExecutionContext(this ExpressionExecutionContext context, out WorkflowExecutionContext workflowExecutionContext) =>
        (workflowExecutionContext = context.Workflow!) != null;

    /// <summary>The instance in which the expression is evaluated.</summary>
    /// <exception cref="InvalidOperationException">There is none: triggers are being indexed.</exception>
    public static WorkflowExecutionContext GetWorkflowExecutionContext(this ExpressionExecutionContext context) =>
        context.Workflow ?? throw new InvalidOperationException("No workflow is running here.");

    /// <summary>The execution in which the expression is evaluated; false while triggers are indexed and at the level of the workflow.</summary>
    public static bool TryGetActivityExecutionContext(this ExpressionExecutionContext context, out ActivityExecutionContext activityExecutionContext) =>
        (activityExecutionContext = context.Activity!) != null;

    /// <summary>The execution in which the expression is evaluated.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static ActivityExecutionContext GetActivityExecutionContext(this ExpressionExecutionContext context) =>
        context.Activity ?? throw new InvalidOperationException("No activity is running here.");

    /// <summary>The evaluated value of an input; the type's default when it has none.</summary>
    public static T? Get<T>(this ExpressionExecutionContext context, Input<T>? input)
    {
        if (input?.MemoryBlockReference() is not { } reference)
            return default;
        return context.TryGet(reference, out var value) ? value.ConvertTo<T>() : reference is Literal literal ? literal.Value.ConvertTo<T>() : default;
    }

    /// <summary>The value of an output, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">It has none in scope.</exception>
    public static T? Get<T>(this ExpressionExecutionContext context, Output output) => context.Get<T>(output.MemoryBlockReference());

    /// <summary>The value of an output.</summary>
    /// <exception cref="InvalidOperationException">It has none in scope.</exception>
    public static object? Get(this ExpressionExecutionContext context, Output output) => context.Get(output.MemoryBlockReference());

    /// <summary>Sets the memory that an output is bound to; nothing for an output that is null.</summary>
    public static void Set(this ExpressionExecutionContext context, Output? output, object? value, Action<MemoryBlock>? configure = null)
    {
        if (output != null)
            context.Set(output.MemoryBlockReference(), value, configure);
    }

    /// <summary>The value of the nearest variable of the name, converted to <typeparamref name="T"/>; the default when there is none.</summary>
    public static T? GetVariable<T>(this ExpressionExecutionContext context, string name) =>
        VariableScope.Find(context, name) is { } variable && context.TryGet(variable, out var value) ? value.ConvertTo<T>() : default;

    /// <summary>The nearest variable of the name; null when there is none.</summary>
    /// <param name="context">Where to begin to look.</param>
    /// <param name="name">Its name; one that differs in case alone is taken when none fits exactly.</param>
    /// <param name="localScopeOnly">Whether only the running activity's own variables count.</param>
    public static Variable? GetVariable(this ExpressionExecutionContext context, string name, bool localScopeOnly = false) =>
        localScopeOnly
            ? context.Activity?.Variables.FirstOrDefault(variable => string.Equals(variable.Name, name, StringComparison.Ordinal))
            : VariableScope.Find(context, name);

    /// <summary>Adds a variable to the nearest container while it runs; it lasts as long as the container's execution.</summary>
    /// <param name="context">Where the container is looked for, outwards.</param>
    /// <param name="name">Unique among the variables that were added to the container.</param>
    /// <param name="value">Its initial value.</param>
    /// <param name="storageDriverType">Where it is kept; null is with the instance.</param>
    /// <param name="configure">Called with its memory.</param>
    /// <exception cref="InvalidOperationException">The container has one of the name.</exception>
    public static Variable CreateVariable<T>(this ExpressionExecutionContext context, string name, T? value, Type? storageDriverType = null, Action<MemoryBlock>? configure = null)
    {
        var container = context.Activity?.FindParentWithVariableContainer() ?? context.Activity;
        var existing = container is null ? VariableScope.Enumerate(context) : container.DynamicVariables;
        if (existing.Any(variable => string.Equals(variable.Name, name, StringComparison.Ordinal)))
            throw new InvalidOperationException($"There already is a variable '{name}' here.");
        var created = new Variable(name, value) { StorageDriverType = storageDriverType ?? typeof(WorkflowInstanceStorageDriver) };
        if (container is not null)
        {
            container.DynamicVariables.Add(created);
            container.WorkflowExecutionContext.HasDrivenVariables |= !DrivenVariables.IsOwn(created.StorageDriverType);
        }

        var block = (container?.ExpressionExecutionContext ?? context).Memory.Declare(created);
        configure?.Invoke(block);
        return created;
    }

    /// <summary>Sets the nearest variable of the name; without one, creates it in the nearest container.</summary>
    public static Variable SetVariable<T>(this ExpressionExecutionContext context, string name, T? value, Action<MemoryBlock>? configure = null)
    {
        if (VariableScope.Find(context, name) is not { } variable)
            return context.CreateVariable(name, value, configure: configure);
        VariableScope.Assign(context, variable, value);
        configure?.Invoke(context.GetBlock(variable));
        return variable;
    }

    /// <summary>The variables in scope, inner ones first; a name may occur more than once.</summary>
    public static IEnumerable<Variable> EnumerateVariablesInScope(this ExpressionExecutionContext context) => VariableScope.Enumerate(context);

    /// <summary>The names of the variables in scope, inner ones first.</summary>
    public static IEnumerable<string> GetVariableNamesInScope(this ExpressionExecutionContext context) =>
        VariableScope.Enumerate(context).Select(variable => variable.Name).Distinct(StringComparer.Ordinal);

    /// <summary>The value of the nearest variable of the name; null when there is none.</summary>
    public static object GetVariableInScope(this ExpressionExecutionContext context, string variableName) => context.GetVariable<object>(variableName)!;

    /// <summary>Sets the nearest variable of the name; without one, creates it in the nearest container.</summary>
    public static void SetVariableInScope(this ExpressionExecutionContext context, string variableName, object? value)
    {
        if (VariableScope.Find(context, variableName) is { } variable)
            VariableScope.Assign(context, variable, value);
        else
            context.CreateVariable(variableName, value);
    }

    /// <summary>An input of the enclosing definition, converted to <typeparamref name="T"/>; the default when there is none.</summary>
    public static T? GetInput<T>(this ExpressionExecutionContext context, string name) => context.GetInput(name).ConvertTo<T>();

    /// <summary>An input of the enclosing definition, converted to <typeparamref name="T"/>; the default when there is none.</summary>
    public static T? GetInput<T>(this ExpressionExecutionContext context, InputDefinition inputDefinition) => context.GetInput<T>(inputDefinition.Name);

    /// <summary>An input of the enclosing definition: of the workflow, or of the definition that is used as an activity.</summary>
    public static object? GetInput(this ExpressionExecutionContext context, string name) =>
        DefinitionScope.FindInput(context, name, out var value) ? value : context.Workflow?.Input.TryGetValue(name, out var input) == true ? input : null;

    /// <summary>The latest value of an activity's output; null when it has none yet.</summary>
    /// <exception cref="InvalidOperationException">There is no such activity.</exception>
    public static object? GetOutput(this ExpressionExecutionContext context, string activityIdOrName, string? outputName)
    {
        var workflow = context.GetWorkflowExecutionContext();
        var id = (workflow.Graph.Nodes.FirstOrDefault(node => string.Equals(node.Activity.Name, activityIdOrName, StringComparison.Ordinal)) ?? workflow.Graph.FindNode(activityIdOrName))?.Activity.Id
            ?? throw new InvalidOperationException($"There is no activity '{activityIdOrName}'.");
        return workflow.Outputs.TryGetValue(id, out var outputs) ? outputs.GetValueOrDefault(outputName ?? "Result") : null;
    }

    /// <summary>What an activity of this instance yielded last; null when none has.</summary>
    public static object? GetLastResult(this ExpressionExecutionContext context) => context.GetWorkflowExecutionContext().LastResult;
}
