using System.Runtime.CompilerServices;
using Elsa.Expressions.Models;

namespace Elsa.Workflows.Activities;

/// <summary>Runs a delegate and yields its value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
[System.ComponentModel.Browsable(false)]
public class Inline<T> : CodeActivity<T>
{
    private readonly Func<ActivityExecutionContext, ValueTask<T>> _activity;

    /// <summary>Awaits a delegate that sees the execution; its value goes to <paramref name="output"/> too.</summary>
    public Inline(Func<ActivityExecutionContext, ValueTask<T>> activity, MemoryBlockReference? output = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null)
        : base(output, source, line) => _activity = activity;

    /// <summary>Awaits a delegate; its value goes to <paramref name="output"/> too.</summary>
    public Inline(Func<ValueTask<T>> activity, MemoryBlockReference? output = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null)
        : this(_ => activity(), output, source, line)
    {
    }

    /// <summary>Calls a delegate that sees the execution; its value goes to <paramref name="output"/> too.</summary>
    public Inline(Func<ActivityExecutionContext, T> activity, MemoryBlockReference? output = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null)
        : this(context => new ValueTask<T>(activity(context)), output, source, line)
    {
    }

    /// <summary>Calls a delegate; its value goes to <paramref name="output"/> too.</summary>
    public Inline(Func<T> activity, MemoryBlockReference? output = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null)
        : this(_ => new ValueTask<T>(activity()), output, source, line)
    {
    }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) => context.Set(Result, await _activity(context), nameof(Result));
}
