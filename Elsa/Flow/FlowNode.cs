using System.Runtime.CompilerServices;
using Elsa.Workflows.Attributes;

namespace Elsa.Workflows.Activities.Flowchart.Activities;

/// <summary>Runs one activity inside it.</summary>
[Activity("Elsa", "Flow", "A simple container that executes the specified activity.", DisplayName = "Container")]
public class FlowNode : Activity
{
    /// <summary>Leaves the body to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public FlowNode([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>What it runs; without a body it is complete at once.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        Body is null ? context.CompleteActivityAsync() : context.ScheduleActivityAsync(Body, OnBodyCompletedAsync);

    private async ValueTask OnBodyCompletedAsync(ActivityCompletedContext context) => await context.TargetContext.CompleteActivityAsync();
}
