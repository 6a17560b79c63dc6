using System.ComponentModel;
using System.Runtime.CompilerServices;
using Elsa.Workflows.Attributes;

namespace Elsa.Workflows.Activities;

/// <summary>Runs a delegate.</summary>
[Browsable(false)]
[Activity("Elsa", "Primitives", "Evaluate a Boolean condition to determine which path to execute next.")]
public class Inline : CodeActivity
{
    private readonly Func<ActivityExecutionContext, ValueTask> _activity = _ => default;

    /// <summary>Does nothing. The compiler fills in <paramref name="source"/> and <paramref name="line"/>.</summary>
    public Inline([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Awaits a delegate that sees the execution.</summary>
    public Inline(Func<ActivityExecutionContext, ValueTask> activity, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line) => _activity = activity;

    /// <summary>Awaits a delegate.</summary>
    public Inline(Func<ValueTask> activity, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(_ => activity(), source, line)
    {
    }

    /// <summary>Calls a delegate that sees the execution.</summary>
    public Inline(Action<ActivityExecutionContext> activity, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null)
        : this(context =>
        {
            activity(context);
            return default;
        }, source, line)
    {
    }

    /// <summary>Calls a delegate.</summary>
    public Inline(Action activity, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(_ => activity(), source, line)
    {
    }

    /// <summary>Awaits a delegate that sees the execution.</summary>
    public static Inline From(Func<ActivityExecutionContext, ValueTask> activity) => new(activity);

    /// <summary>Awaits a delegate.</summary>
    public static Inline From(Func<ValueTask> activity) => new(activity);

    /// <summary>Calls a delegate that sees the execution.</summary>
    public static Inline From(Action<ActivityExecutionContext> activity) => new(activity);

    /// <summary>Calls a delegate.</summary>
    public static Inline From(Action activity) => new(activity);

    /// <summary>Awaits a delegate that sees the execution, and yields its value.</summary>
    public static Inline<T> From<T>(Func<ActivityExecutionContext, ValueTask<T>> activity) => new(activity);

    /// <summary>Awaits a delegate and yields its value.</summary>
    public static Inline<T> From<T>(Func<ValueTask<T>> activity) => new(activity);

    /// <summary>Calls a delegate that sees the execution, and yields its value.</summary>
    public static Inline<T> From<T>(Func<ActivityExecutionContext, T> activity) => new(activity);

    /// <summary>Calls a delegate and yields its value.</summary>
    public static Inline<T> From<T>(Func<T> activity) => new(activity);

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => _activity(context);
}
