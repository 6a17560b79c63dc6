using Elsa.Expressions.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>Base of activities that are complete as soon as they have run, unless they created a bookmark.</summary>
public abstract class CodeActivity : Activity
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected CodeActivity(string? source = default, int? line = default) : base(source, line)
    {
    }

    /// <summary>For derived activities that name their type and its version themselves, instead of by <see cref="Elsa.Workflows.Attributes.ActivityAttribute"/>.</summary>
    protected CodeActivity(string activityType, int version = 1, string? source = default, int? line = default) : base(activityType, version, source, line)
    {
    }

    internal override bool CompletesItself => true;
}

/// <summary>A <see cref="CodeActivity"/> that yields a value of any type.</summary>
public abstract class CodeActivityWithResult : CodeActivity
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected CodeActivityWithResult(string? source = default, int? line = default) : base(source, line)
    {
    }

    /// <summary>For derived activities that name their type and its version themselves, instead of by <see cref="Elsa.Workflows.Attributes.ActivityAttribute"/>.</summary>
    protected CodeActivityWithResult(string activityType, int version = 1, string? source = default, int? line = default) : base(activityType, version, source, line)
    {
    }

    /// <summary>For derived activities whose value goes to <paramref name="output"/>; null drops it.</summary>
    protected CodeActivityWithResult(MemoryBlockReference? output, string? source = default, int? line = default) : base(source, line)
    {
        if (output != null)
            Result = new Output(output);
    }

    /// <summary>For derived activities whose value goes to <paramref name="output"/>; null drops it.</summary>
    protected CodeActivityWithResult(Output? output, string? source = default, int? line = default) : base(source, line) => Result = output;

    /// <summary>Where the value goes.</summary>
    public Output? Result { get; set; }
}

/// <summary>A <see cref="CodeActivity"/> that yields a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public abstract class CodeActivity<T> : CodeActivity, IActivityWithResult<T>
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected CodeActivity(string? source = default, int? line = default) : base(source, line)
    {
    }

    /// <summary>For derived activities that name their type and its version themselves, instead of by <see cref="Elsa.Workflows.Attributes.ActivityAttribute"/>.</summary>
    protected CodeActivity(string activityType, int version = 1, string? source = default, int? line = default) : base(activityType, version, source, line)
    {
    }

    /// <summary>For derived activities whose value goes to <paramref name="output"/>; null drops it.</summary>
    protected CodeActivity(MemoryBlockReference? output, string? source = default, int? line = default) : this(source, line)
    {
        if (output != null)
            Result = new Output<T>(output);
    }

    /// <summary>For derived activities whose value goes to <paramref name="output"/>; null drops it.</summary>
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
