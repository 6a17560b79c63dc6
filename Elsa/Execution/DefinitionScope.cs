using Elsa.Expressions.Models;
using Elsa.Workflows;

namespace Elsa.Execution;

/// <summary>An activity that stands for a whole definition: expressions inside it see its inputs, not those of the workflow.</summary>
internal interface IDefinitionActivity
{
    /// <summary>False when the definition declares no such input.</summary>
    bool TryGetInput(ActivityExecutionContext own, string name, out object? value);

    IEnumerable<string> InputNames { get; }

    IEnumerable<string> OutputNames { get; }

    /// <summary>The custom properties of the definition, not of the activity that stands for it.</summary>
    IDictionary<string, object> DefinitionProperties { get; }

    void SetOutput(ActivityExecutionContext own, string name, object? value);
}

internal static class DefinitionScope
{
    /// <summary>The inputs that the enclosing definition declares.</summary>
    public static IEnumerable<string> InputNames(ExpressionExecutionContext context)
    {
        for (var scope = context.Activity?.ParentActivityExecutionContext; scope != null; scope = scope.ParentActivityExecutionContext)
        {
            if (scope.Activity is IDefinitionActivity definition)
                return definition.InputNames;
        }

        return context.Workflow?.Workflow.Inputs.Select(input => input.Name) ?? [];
    }

    /// <summary>The nearest execution around this one whose definition declares the output; null when only the workflow itself may.</summary>
    public static ActivityExecutionContext? FindOutput(ActivityExecutionContext context, string name)
    {
        for (var scope = context.ParentActivityExecutionContext; scope != null; scope = scope.ParentActivityExecutionContext)
        {
            if (scope.Activity is IDefinitionActivity definition && definition.OutputNames.Contains(name, StringComparer.Ordinal))
                return scope;
        }

        return null;
    }

    public static bool FindInput(ExpressionExecutionContext context, string name, out object? value)
    {
        for (var scope = context.Activity?.ParentActivityExecutionContext; scope != null; scope = scope.ParentActivityExecutionContext)
        {
            if (scope.Activity is IDefinitionActivity definition)
                return definition.TryGetInput(scope, name, out value);
        }

        value = null;
        return false;
    }
}
