using System.Runtime.CompilerServices;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows;

namespace Elsa.Scheduling.Activities;

/// <summary>Base of activities that start at an interval of their own, or wait for one.</summary>
public abstract class TimerBase([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : EventGenerator(source, line)
{
    /// <summary>The interval. Called when the definition is published too, where no instance runs yet.</summary>
    protected abstract TimeSpan GetInterval(ExpressionExecutionContext context);

    /// <summary>Override to do something when the time has come, and to wait for it; then the activity completes.</summary>
    protected virtual ValueTask OnTimerElapsedAsync(ActivityExecutionContext context)
    {
        OnTimerElapsed(context);
        return default;
    }

    /// <summary>Override to do something when the time has come; then the activity completes.</summary>
    protected virtual void OnTimerElapsed(ActivityExecutionContext context)
    {
    }

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return TimerElapsedAsync(context);
        context.RepeatWithInterval(GetInterval(context.ExpressionExecutionContext), TimerElapsedAsync);
        return default;
    }

    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => context.GetTimerTriggerStimulus(GetInterval(context.ExpressionExecutionContext));

    private async ValueTask TimerElapsedAsync(ActivityExecutionContext context)
    {
        await OnTimerElapsedAsync(context);
        await context.CompleteActivityAsync();
    }
}
