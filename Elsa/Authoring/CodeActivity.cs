using Elsa.Expressions.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>Base of activities that are complete as soon as they have run, unless they created a bookmark.</summary>
public abstract class CodeActivity : Activity
{
    protected CodeActivity(string? source = default, int? line = default) : base(source, line)
    {
    }

    protected CodeActivity(string activityType, int version = 1, string? source = default, int? line = default) : base(activityType, version, source, line)
    {
    }

    internal override bool CompletesItself => true;
}

/// <summary>A <see cref="CodeActivity"/> that yields a value of any type.</summary>
public abstract class CodeActivityWithResult : CodeActivity
{
    protected CodeActivityWithResult(string? source = default, int? line = default) : base(source, line)
    {
    }

    protected CodeActivityWithResult(string activityType, int version = 1, string? source = default, int? line = default) : base(activityType, version, source, line)
    {
    }

    protected CodeActivityWithResult(MemoryBlockReference? output, string? source = default, int? line = default) : base(source, line)
    {
        if (output != null)
            Result = new Output(output);
    }

    protected CodeActivityWithResult(Output? output, string? source = default, int? line = default) : base(source, line) => Result = output;

    /// <summary>Where the value goes.</summary>
    public Output? Result { get; set; }
}

/// <summary>A <see cref="CodeActivity"/> that yields a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public abstract class CodeActivity<T> : CodeActivity, IActivityWithResult<T>
{
    protected CodeActivity(string? source = default, int? line = default) : base(source, line)
    {
    }

    protected CodeActivity(string activityType, int version = 1, string? source = default, int? line = default) : base(activityType, version, source, line)
    {
    }

    protected CodeActivity(MemoryBlockReference? output, string? source = default, int? line = default) : this(source, line)
    {
        if (output != null)
            Result = new Output<T>(output);
    }

    protected CodeActivity(Output<T>? output, string? source = default, int? line = default) : this(source, line) => Result = output;

    /// <summary>Where the value goes.</summary>
    [Output]
    public Output<T>? Result { get; set; }

    Output? IActivityWithResult.Result
    {
        get => Result;
        set => Result = (Output<T>?)value;
    }
}
