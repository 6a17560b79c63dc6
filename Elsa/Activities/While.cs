using System.Runtime.CompilerServices;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Activities;

/// <summary>Runs an activity again and again while a condition holds.</summary>
[Activity("Elsa", "Looping", "Execute an activity while a given condition evaluates to true.")]
public class While : Loop
{
    public While([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public While(IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Body = body;

    public While(Input<bool> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(body, source, line) => Condition = condition;

    public While(Func<ExpressionExecutionContext, ValueTask<bool>> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<bool>(condition), body, source, line)
    {
    }

    public While(Func<ExpressionExecutionContext, bool> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<bool>(condition), body, source, line)
    {
    }

    public While(Func<ValueTask<bool>> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<bool>(condition), body, source, line)
    {
    }

    public While(Func<bool> condition, IActivity? body = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<bool>(condition), body, source, line)
    {
    }

    [Input(AutoEvaluate = false, UIHint = InputUIHints.SingleLine)]
    public Input<bool> Condition { get; set; } = new(false);

    [Port]
    public IActivity? Body { get; set; }

    public static While True(IActivity body) => new(body) { Condition = new(true) };

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => IterateAsync(context);

    private ValueTask OnBodyCompleted(ActivityCompletedContext context) => IterateAsync(context.TargetContext);

    private async ValueTask IterateAsync(ActivityExecutionContext context)
    {
        if (Body is not null && !context.GetIsBreaking() && Condition.Expression is { } expression
            && (await ExpressionEvaluator.EvaluateAsync(expression, typeof(bool), context.ExpressionExecutionContext)).ConvertTo<bool>())
            await context.ScheduleActivityAsync(Body, OnBodyCompleted);
        else
            await context.CompleteActivityAsync();
    }
}
