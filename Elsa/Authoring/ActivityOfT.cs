using Elsa.Expressions.Models;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>Base of activities that yield a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public abstract class Activity<T> : Activity, IActivityWithResult<T>
{
    protected Activity(string? source = default, int? line = default) : base(source, line)
    {
    }

    protected Activity(string activityType, int version = 1, string? source = default, int? line = default) : base(activityType, version, source, line)
    {
    }

    protected Activity(MemoryBlockReference? output, string? source = default, int? line = default) : this(source, line)
    {
        if (output != null)
            Result = new Output<T>(output);
    }

    protected Activity(Output<T>? output, string? source = default, int? line = default) : this(source, line) => Result = output;

    /// <summary>Where the value goes.</summary>
    public Output<T>? Result { get; set; }

    Output? IActivityWithResult.Result
    {
        get => Result;
        set => Result = (Output<T>?)value;
    }
}
