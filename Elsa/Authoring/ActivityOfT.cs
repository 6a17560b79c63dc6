using Elsa.Expressions.Models;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>Base of activities that yield a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public abstract class Activity<T> : Activity, IActivityWithResult<T>
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected Activity(string? source = default, int? line = default) : base(source, line)
    {
    }

    /// <summary>For derived activities that name their type and its version themselves, instead of by <see cref="Elsa.Workflows.Attributes.ActivityAttribute"/>.</summary>
    protected Activity(string activityType, int version = 1, string? source = default, int? line = default) : base(activityType, version, source, line)
    {
    }

    /// <summary>For derived activities whose value goes to <paramref name="output"/>; null drops it.</summary>
    protected Activity(MemoryBlockReference? output, string? source = default, int? line = default) : this(source, line)
    {
        if (output != null)
            Result = new Output<T>(output);
    }

    /// <summary>For derived activities whose value goes to <paramref name="output"/>; null drops it.</summary>
    protected Activity(Output<T>? output, string? source = default, int? line = default) : this(source, line) => Result = output;

    /// <summary>Where the value goes.</summary>
    public Output<T>? Result { get; set; }

    Output? IActivityWithResult.Result
    {
        get => Result;
        set => Result = (Output<T>?)value;
    }
}
