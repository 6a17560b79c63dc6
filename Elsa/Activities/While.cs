using System.Runtime.CompilerServices;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Activities;

/// <summary>Runs an activity again and again while a condition holds.</summary>
[Activity("Elsa", "Looping", "Execute an activity while a given condition evaluates to true.")]
public class While : Loop
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public While([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Repeats <paramref name="body"/>; the condition is still to be set.</summary>
    public While(IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Body = body;

    /// <summary>Repeats <paramref name="body"/> while <paramref name="condition"/> yields true.</summary>
    public While(Input<bool> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(body, source, line) => Condition = condition;

    /// <summary>Repeats <paramref name="body"/> while a delegate says so that sees variables and inputs and awaits something.</summary>
    public While(Func<ExpressionExecutionContext, ValueTask<bool>> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<bool>(condition), body, source, line)
    {
    }

    /// <summary>Repeats <paramref name="body"/> while a delegate says so that sees variables and inputs.</summary>
    public While(Func<ExpressionExecutionContext, bool> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<bool>(condition), body, source, line)
    {
    }

    /// <summary>Repeats <paramref name="body"/> while a delegate says so that awaits something.</summary>
    public While(Func<ValueTask<bool>> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<bool>(condition), body, source, line)
    {
    }

    /// <summary>Repeats <paramref name="body"/> while a delegate says so.</summary>
    public While(Func<bool> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<bool>(condition), body, source, line)
    {
    }

    /// <summary>Evaluated before each turn; false when it is not set.</summary>
    [Input(AutoEvaluate = false, UIHint = InputUIHints.SingleLine)]
    public Input<bool> Condition { get; set; } = new(false);

    /// <summary>What is repeated. Without a body the loop completes at once, whatever the condition says.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <summary>A loop that only <see cref="Break"/>, or the end of the instance, leaves.</summary>
    public static While True(IActivity body) => new(body) { Condition = new(true) };

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => IterateAsync(context);

    private ValueTask OnBodyCompleted(ActivityCompletedContext context) => IterateAsync(context.TargetContext);

    private async ValueTask IterateAsync(ActivityExecutionContext context)
    {
        if (Body is not null && !context.GetIsBreaking() && await context.EvaluateInputPropertyAsync<While, bool>(loop => loop.Condition))
            await context.ScheduleActivityAsync(Body, OnBodyCompleted);
        else
            await context.CompleteActivityAsync();
    }
}
