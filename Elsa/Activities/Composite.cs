using System.Text.Json.Serialization;
using Elsa.Expressions.Models;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Elsa.Workflows.Signals;

namespace Elsa.Workflows.Activities;

/// <summary>Base of activities that are made of others.</summary>
public abstract partial class Composite : Activity, IVariableContainer
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected Composite(string? source = null, int? line = null) : base(source, line) =>
        OnSignalReceived<CompleteCompositeSignal>(async (signal, context) =>
        {
            context.StopPropagation();
            await OnCompletedAsync(new ActivityCompletedContext(context.ReceiverActivityExecutionContext, context.SenderActivityExecutionContext, signal.Value));
            await context.ReceiverActivityExecutionContext.CompleteActivityAsync(signal.Value);
        });

    /// <summary>Declared for <see cref="Root"/> and everything below it, anew in each execution.</summary>
    [JsonIgnore]
    public ICollection<Variable> Variables { get; init; } = [];

    /// <summary>Set by workflows in code that yield a value: the variable that holds it. Null for all others.</summary>
    [JsonIgnore]
    public Variable? ResultVariable { get; set; }

    /// <summary>The activity it runs.</summary>
    [Port]
    [System.ComponentModel.Browsable(false)]
    public IActivity Root { get; set; } = new Sequence();

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        ConfigureActivities(context);
        context.ExpressionExecutionContext.Memory.Declare(Variables);
        if (ResultVariable is { Id: not null } result && !Variables.Contains(result))
            context.ExpressionExecutionContext.Memory.Declare(result);
        await context.ScheduleActivityAsync(Root, OnRootCompletedAsync);
    }

    /// <summary>Override to set the activities inside up for an execution, from the composite's own inputs.</summary>
    protected virtual void ConfigureActivities(ActivityExecutionContext context)
    {
    }

    /// <summary>Completes the composite from inside.</summary>
    protected async Task CompleteAsync(ActivityExecutionContext context, object? result = null) => await context.SendSignalAsync(new CompleteCompositeSignal(result));

    /// <summary>Completes the composite from inside, by the given outcomes.</summary>
    protected Task CompleteAsync(ActivityExecutionContext context, params string[] outcomes) => CompleteAsync(context, new Outcomes(outcomes));

    /// <summary>Override to do something when the root, or the composite from inside, is complete.</summary>
    protected virtual ValueTask OnCompletedAsync(ActivityCompletedContext context)
    {
        OnCompleted(context);
        return default;
    }

    /// <inheritdoc cref="OnCompletedAsync" />
    protected virtual void OnCompleted(ActivityCompletedContext context)
    {
    }

    private async ValueTask OnRootCompletedAsync(ActivityCompletedContext context)
    {
        await OnCompletedAsync(context);
        await context.TargetContext.CompleteActivityAsync(context.Result);
    }
}

/// <summary>A <see cref="Composite"/> that yields a value of any type.</summary>
public abstract class CompositeWithResult : Composite
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected CompositeWithResult(string? source = null, int? line = null) : base(source, line)
    {
    }

    /// <summary>For derived activities whose value goes to <paramref name="output"/>; null drops it.</summary>
    protected CompositeWithResult(MemoryBlockReference? output, string? source = null, int? line = null) : base(source, line)
    {
        if (output != null)
            Result = new Output(output);
    }

    /// <summary>For derived activities whose value goes to <paramref name="output"/>; null drops it.</summary>
    protected CompositeWithResult(Output? output, string? source = null, int? line = null) : base(source, line) => Result = output;

    /// <summary>Where the value goes; null drops it.</summary>
    [Output]
    public Output? Result { get; set; }
}

/// <summary>A <see cref="Composite"/> that yields a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public abstract class Composite<T> : Composite, IActivityWithResult<T>
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected Composite(string? source = null, int? line = null) : base(source, line)
    {
    }

    /// <summary>Where the value goes; null drops it.</summary>
    [Output]
    public Output<T>? Result { get; set; }

    Output? IActivityWithResult.Result
    {
        get => Result;
        set => Result = (Output<T>?)value;
    }
}
