using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows.Memory;

namespace Elsa.Execution;

/// <summary>Which variables an expression sees, nearest scope first.</summary>
internal static class VariableScope
{
    public static IEnumerable<Variable> Enumerate(ExpressionExecutionContext? context)
    {
        for (; context != null; context = context.ParentContext)
        {
            var declared = context.Activity?.Variables ?? context.Workflow?.Variables ?? [];
            foreach (var variable in declared)
                yield return variable;
            foreach (var variable in InMemory(context.Memory))
            {
                if (declared.All(known => known.Id != variable.Id))
                    yield return variable;
            }
        }
    }

    /// <summary>Code may declare variables in the memory alone.</summary>
    private static List<Variable> InMemory(MemoryRegister memory) =>
        memory.IsEmpty ? [] : [.. memory.Blocks.Values.Select(block => block.Metadata).OfType<VariableBlockMetadata>().Select(metadata => metadata.Variable)];

    public static Variable? Find(ExpressionExecutionContext context, string name)
    {
        Variable? inexact = null;
        foreach (var variable in Enumerate(context))
        {
            if (string.Equals(variable.Name, name, StringComparison.Ordinal))
                return variable;
            if (string.Equals(variable.Name, name, StringComparison.OrdinalIgnoreCase))
                inexact ??= variable;
        }

        return inexact;
    }

    /// <summary>Sets a cell. A variable's cell takes the variable's type; a value that cannot become one becomes the type's default.</summary>
    public static void Assign(ExpressionExecutionContext context, MemoryBlockReference reference, object? value)
    {
        var variable = reference as Variable ?? Declared(context, reference);
        context.Set(variable ?? reference, variable is null || variable.ValueType == typeof(object) ? value : value.ConvertTo(variable.ValueType));
    }

    /// <summary>The variable whose cell a reference means; null when it means no variable's.</summary>
    public static Variable? Declared(ExpressionExecutionContext context, MemoryBlockReference reference) =>
        context.TryGetBlock(reference, out var block) && block.Metadata is VariableBlockMetadata { Variable: var variable } ? variable : null;
}
