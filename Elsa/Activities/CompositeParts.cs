using System.Runtime.CompilerServices;
using Elsa.Expressions.Models;
using Elsa.Workflows.Memory;

namespace Elsa.Workflows.Activities;

public abstract partial class Composite
{
    /// <summary>Awaits a delegate that sees the execution.</summary>
    protected static Inline Inline(Func<ActivityExecutionContext, ValueTask> activity, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(activity, source, line);

    /// <summary>Awaits a delegate.</summary>
    protected static Inline Inline(Func<ValueTask> activity, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(activity, source, line);

    /// <summary>Calls a delegate that sees the execution.</summary>
    protected static Inline Inline(Action<ActivityExecutionContext> activity, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(activity, source, line);

    /// <summary>Calls a delegate.</summary>
    protected static Inline Inline(Action activity, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(activity, source, line);

    /// <summary>Awaits a delegate that sees the execution, and yields its value.</summary>
    protected static Inline<TResult> Inline<TResult>(Func<ActivityExecutionContext, ValueTask<TResult>> activity, MemoryBlockReference? output = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) =>
        new(activity, output, source, line);

    /// <summary>Awaits a delegate and yields its value.</summary>
    protected static Inline<TResult> Inline<TResult>(Func<ValueTask<TResult>> activity, MemoryBlockReference? output = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) =>
        new(activity, output, source, line);

    /// <summary>Calls a delegate that sees the execution, and yields its value.</summary>
    protected static Inline<TResult> Inline<TResult>(Func<ActivityExecutionContext, TResult> activity, MemoryBlockReference? output, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) =>
        new(activity, output, source, line);

    /// <summary>Calls a delegate and yields its value.</summary>
    protected static Inline<TResult> Inline<TResult>(Func<TResult> activity, MemoryBlockReference? output = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) =>
        new(activity, output, source, line);

    /// <summary>Assigns a value to a variable.</summary>
    protected static SetVariable<T> SetVariable<T>(Variable<T> variable, T value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(variable, value, source, line);

    /// <summary>Assigns what a delegate yields that sees variables and inputs.</summary>
    protected static SetVariable<T> SetVariable<T>(Variable<T> variable, Func<ExpressionExecutionContext, T> value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(variable, value, source, line);

    /// <summary>Assigns what a delegate yields.</summary>
    protected static SetVariable<T> SetVariable<T>(Variable<T> variable, Func<T> value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(variable, value, source, line);

    /// <summary>Assigns the value of another variable.</summary>
    protected static SetVariable<T> SetVariable<T>(Variable<T> variable, Variable<T> value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(variable, value, source, line);
}
