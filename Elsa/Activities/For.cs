using Elsa.Extensions;
using System.Runtime.CompilerServices;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Workflows.Activities;

/// <summary>Counts.</summary>
[Activity("Elsa", "Looping", "Iterate over a sequence of steps between a start and an end number.")]
public class For : Loop
{
    private const string Step0 = "CurrentStep";

    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public For([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Counts from <paramref name="start"/> to <paramref name="end"/>, <paramref name="end"/> included; a negative <paramref name="step"/> counts down.</summary>
    public For(int start, int end, int step, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) =>
        (Start, End, Step) = (new(start), new(end), new(step));

    /// <summary>The first number; 0 when it is not set. This and the other inputs are evaluated once, when the loop begins.</summary>
    [Input(Description = "The start step.")]
    public Input<int> Start { get; set; } = new(0);

    /// <summary>The last number; 0 when it is not set.</summary>
    [Input(Description = "The end step.")]
    public Input<int> End { get; set; } = new(0);

    /// <summary>Added after each turn; 1 when it is not set. With 0 the loop completes at once.</summary>
    [Input(Description = "The step size. To count down, enter a negative number.")]
    public Input<int> Step { get; set; } = new(1);

    /// <summary>True, the default, runs the body for <see cref="End"/> too.</summary>
    [Input(Description = "Controls whether the end step is upper/lowerbound inclusive or exclusive. True (inclusive) by default.", DefaultValue = true)]
    public Input<bool> OuterBoundInclusive { get; set; } = new(true);

    /// <summary>Run once for each number, which it sees as the variable <c>CurrentValue</c>. Without a body the loop completes at once.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <summary>The number of the turn that runs, an <see cref="int"/>; after the loop the last one.</summary>
    [Output]
    public Output<object?> CurrentValue { get; set; } = new();

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => IterateAsync(context);

    private ValueTask OnBodyCompletedAsync(ActivityCompletedContext context) => IterateAsync(context.TargetContext);

    private async ValueTask IterateAsync(ActivityExecutionContext context)
    {
        var (step, end, inclusive) = (context.Get(Step), context.Get(End), context.Get(OuterBoundInclusive));
        var current = context.GetProperty<int?>(Step0) + step ?? context.Get(Start);
        var goesOn = step >= 0 ? current < end || (inclusive && current == end) : current > end || (inclusive && current == end);
        if (!goesOn || step == 0 || Body is null || context.GetIsBreaking())
        {
            await context.CompleteActivityAsync();
            return;
        }

        context.SetProperty(Step0, current);
        context.Set(CurrentValue, current);
        await context.ScheduleActivityAsync(Body, OnBodyCompletedAsync, variables: [new Variable("CurrentValue", current) { StorageDriverType = typeof(WorkflowInstanceStorageDriver) }]);
    }
}
