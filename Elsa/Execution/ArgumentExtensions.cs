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
    /// <summary>The value; without one what <paramref name="defaultValue"/> yields, or else the type's default.</summary>
    public static T? GetOrDefault<T>(this Input<T>? input, ActivityExecutionContext context, Func<T>? defaultValue = default) =>
        input.GetOrDefault(context.ExpressionExecutionContext, defaultValue);

    /// <summary>The value; without one what <paramref name="defaultValue"/> yields, or else the type's default.</summary>
    public static T? GetOrDefault<T>(this Input<T>? input, ExpressionExecutionContext context, Func<T>? defaultValue = default)
    {
        var value = context.Get(input);
        return value is null && defaultValue != null ? defaultValue() : value;
    }

    /// <summary>The value of an input that must have one.</summary>
    /// <exception cref="InvalidOperationException">The input has no value.</exception>
    public static T Get<T>(this Input<T> input, ActivityExecutionContext context, [CallerArgumentExpression("input")] string? inputName = default) =>
        input.Get(context.ExpressionExecutionContext, inputName);

    /// <summary>The value of an input that must have one.</summary>
    /// <exception cref="InvalidOperationException">The input has no value.</exception>
    public static T Get<T>(this Input<T> input, ExpressionExecutionContext context, [CallerArgumentExpression("input")] string? inputName = default) =>
        context.Get(input) ?? throw new InvalidOperationException($"Input {inputName} has no value.");
}

/// <summary>Sets outputs.</summary>
public static class OutputExtensions
{
    /// <summary>An input of another activity that takes the value of this output.</summary>
    public static Input<T> CreateInput<T>(this Output output) => new(output);

    /// <summary>Yields a value, as <see cref="ActivityExecutionContext.Set{T}(Output{T},T,string)"/> does.</summary>
    public static void Set<T>(this Output<T>? output, ActivityExecutionContext context, T? value, [CallerArgumentExpression("output")] string? outputName = null) =>
        context.Set(output, value, outputName);

    /// <summary>Sets the memory that the output is bound to, and no more: the history does not hear of it.</summary>
    public static void Set<T>(this Output<T>? output, ExpressionExecutionContext context, T? value) => context.Set(output, value);

    /// <summary>Yields the current value of a variable.</summary>
    public static void Set<T>(this Output<T>? output, ActivityExecutionContext context, Variable<T> value) => context.Set(output, value.Get(context));

    /// <summary>Sets the memory that the output is bound to from a variable.</summary>
    public static void Set<T>(this Output<T>? output, ExpressionExecutionContext context, Variable<T> value) => context.Set(output, value.Get(context));
}

/// <summary>Declares and sets variables.</summary>
public static class VariableExtensions
{
    /// <summary>Keeps the value with the instance, across suspensions.</summary>
    public static Variable WithWorkflowStorage(this Variable variable) => variable.WithStorage<WorkflowInstanceStorageDriver>();

    /// <summary>Keeps the value with the instance, across suspensions.</summary>
    public static Variable<T> WithWorkflowStorage<T>(this Variable<T> variable) => (Variable<T>)variable.WithStorage<WorkflowInstanceStorageDriver>();

    /// <summary>Keeps the value for one burst only.</summary>
    public static Variable WithMemoryStorage(this Variable variable) => variable.WithStorage<MemoryStorageDriver>();

    /// <summary>Keeps the value for one burst only.</summary>
    public static Variable<T> WithMemoryStorage<T>(this Variable<T> variable) => (Variable<T>)variable.WithStorage<MemoryStorageDriver>();

    /// <summary>Keeps the value in the storage that <typeparamref name="T"/> names.</summary>
    public static Variable WithStorage<T>(this Variable variable) => variable.WithStorage(typeof(T));

    /// <summary>Keeps the value in the storage that a type names, an <see cref="IStorageDriver"/>.</summary>
    public static Variable WithStorage(this Variable variable, Type storageDriverType)
    {
        variable.StorageDriverType = storageDriverType;
        return variable;
    }

    /// <summary>Sets the value in the nearest scope that declares the variable, converted to its type.</summary>
    public static void Set(this Variable variable, ActivityExecutionContext context, object? value) => VariableScope.Assign(context.ExpressionExecutionContext, variable, value);

    /// <summary>A value as the variable would hold it.</summary>
    public static object? ParseValue(this Variable variable, object? value) => value.ConvertTo(variable.ValueType);

    /// <summary>The type the variable declares; <see cref="object"/> for one that declares none.</summary>
    public static Type GetVariableType(this Variable variable) => variable.ValueType;
}
