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

    public For([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public For(int start, int end, int step, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) =>
        (Start, End, Step) = (new(start), new(end), new(step));

    [Input(Description = "The start step.")]
    public Input<int> Start { get; set; } = new(0);

    [Input(Description = "The end step.")]
    public Input<int> End { get; set; } = new(0);

    [Input(Description = "The step size. To count down, enter a negative number.")]
    public Input<int> Step { get; set; } = new(1);

    [Input(Description = "Controls whether the end step is upper/lowerbound inclusive or exclusive. True (inclusive) by default.", DefaultValue = true)]
    public Input<bool> OuterBoundInclusive { get; set; } = new(true);

    [Port]
    public IActivity? Body { get; set; }

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
