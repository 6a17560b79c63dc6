using System.Runtime.CompilerServices;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Activities.Flowchart.Activities;

/// <summary>Brings branches together.</summary>
[Activity("Elsa", "Branching", "Explicitly merge multiple branches into a single branch of execution.", DisplayName = "Join")]
public class FlowJoin : Activity
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public FlowJoin([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Evaluated at each arrival, with the flowchart's variables in scope; <see cref="FlowJoinMode.WaitAny"/> when it is not set.</summary>
    [Input(
        Description = "The join mode determines whether this activity should continue as soon as one inbound path comes in (WaitAny), or once all inbound paths have executed (WaitAll). To wait for all activated inbound paths, set the mode to WaitAllActive.",
        DefaultValue = FlowJoinMode.WaitAny,
        UIHint = InputUIHints.DropDown)]
    public Input<FlowJoinMode> Mode { get; set; } = new(FlowJoinMode.WaitAny);

    /// <summary>The mode is asked for before the join runs: at each arrival.</summary>
    internal async ValueTask<FlowJoinMode> GetModeAsync(ActivityExecutionContext flowchart) => Mode?.Expression switch
    {
        null => FlowJoinMode.WaitAny,
        { Type: "Literal" } literal => literal.Value.ConvertTo<FlowJoinMode?>() ?? FlowJoinMode.WaitAny,
        var expression => (await ExpressionEvaluator.EvaluateAsync(expression, typeof(FlowJoinMode), flowchart.ExpressionExecutionContext)).ConvertTo<FlowJoinMode>(),
    };

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        // A branch that was queued when the join went on may have begun to wait since.
        if (context.Get(Mode) == FlowJoinMode.WaitAny && context.ParentActivityExecutionContext?.Activity is Flowchart flowchart)
            await flowchart.EndUpstreamAsync(context);
        await context.CompleteActivityAsync();
    }
}
