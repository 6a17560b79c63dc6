using System.Runtime.CompilerServices;
using Elsa.Execution;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Extensions;

/// <summary>Reads inputs.</summary>
public static class InputExtensions
{
    public static T? GetOrDefault<T>(this Input<T>? input, ActivityExecutionContext context, Func<T>? defaultValue = default) =>
        input.GetOrDefault(context.ExpressionExecutionContext, defaultValue);

    public static T? GetOrDefault<T>(this Input<T>? input, ExpressionExecutionContext context, Func<T>? defaultValue = default)
    {
        var value = context.Get(input);
        return value is null && defaultValue != null ? defaultValue() : value;
    }

    /// <exception cref="InvalidOperationException">The input has no value.</exception>
    public static T Get<T>(this Input<T> input, ActivityExecutionContext context, [CallerArgumentExpression("input")] string? inputName = default) =>
        input.Get(context.ExpressionExecutionContext, inputName);

    /// <exception cref="InvalidOperationException">The input has no value.</exception>
    public static T Get<T>(this Input<T> input, ExpressionExecutionContext context, [CallerArgumentExpression("input")] string? inputName = default) =>
        context.Get(input) ?? throw new InvalidOperationException($"Input {inputName} has no value.");
}

/// <summary>Sets outputs.</summary>
public static class OutputExtensions
{
    public static Input<T> CreateInput<T>(this Output output) => new(output);

    public static void Set<T>(this Output<T>? output, ActivityExecutionContext context, T? value, [CallerArgumentExpression("output")] string? outputName = null) =>
        context.Set(output, value, outputName);

    public static void Set<T>(this Output<T>? output, ExpressionExecutionContext context, T? value) => context.Set(output, value);

    public static void Set<T>(this Output<T>? output, ActivityExecutionContext context, Variable<T> value) => context.Set(output, value.Get(context));

    public static void Set<T>(this Output<T>? output, ExpressionExecutionContext context, Variable<T> value) => context.Set(output, value.Get(context));
}

/// <summary>Declares and sets variables.</summary>
public static class VariableExtensions
{
    public static Variable WithWorkflowStorage(this Variable variable) => variable.WithStorage<WorkflowInstanceStorageDriver>();

    public static Variable<T> WithWorkflowStorage<T>(this Variable<T> variable) => (Variable<T>)variable.WithStorage<WorkflowInstanceStorageDriver>();

    public static Variable WithMemoryStorage(this Variable variable) => variable.WithStorage<MemoryStorageDriver>();

    public static Variable<T> WithMemoryStorage<T>(this Variable<T> variable) => (Variable<T>)variable.WithStorage<MemoryStorageDriver>();

    public static Variable WithStorage<T>(this Variable variable) => variable.WithStorage(typeof(T));

    public static Variable WithStorage(this Variable variable, Type storageDriverType)
    {
        variable.StorageDriverType = storageDriverType;
        return variable;
    }

    public static void Set(this Variable variable, ActivityExecutionContext context, object? value) => VariableScope.Assign(context.ExpressionExecutionContext, variable, value);

    public static object? ParseValue(this Variable variable, object? value) => value.ConvertTo(variable.ValueType);

    public static Type GetVariableType(this Variable variable) => variable.ValueType;
}
