using Elsa.Extensions;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Signals;

namespace Elsa.Workflows.Activities;

/// <summary>Runs its activities one after the other.</summary>
[Category("Workflows")]
[Activity("Elsa", "Workflows", "Execute a set of activities in sequence.")]
[Browsable(false)]
public class Sequence : Container
{
    private const string Position = "CurrentIndex";

    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Sequence([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line) =>
        OnSignalReceived<BreakSignal>((_, context) => context.ReceiverActivityExecutionContext.SetIsBreaking());

    /// <inheritdoc />
    protected override ValueTask ScheduleChildrenAsync(ActivityExecutionContext context) => GoOnAsync(context);

    private ValueTask OnChildCompleted(ActivityCompletedContext context) =>
        context.TargetContext.GetIsBreaking() || context.ChildContext.Activity is ITerminalNode
            ? context.TargetContext.CompleteActivityAsync()
            : GoOnAsync(context.TargetContext, context.ChildContext);

    private async ValueTask GoOnAsync(ActivityExecutionContext context, ActivityExecutionContext? previous = null)
    {
        var index = context.GetProperty<int>(Position);
        if (index >= Activities.Count)
        {
            await context.CompleteActivityAsync();
            return;
        }

        context.SetProperty(Position, index + 1);
        await context.ScheduleActivityAsync(Activities.ElementAt(index), new() { CompletionCallback = OnChildCompleted, SchedulingActivityExecutionId = previous?.Id });
    }
}
