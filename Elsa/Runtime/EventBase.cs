using Elsa.Expressions.Models;
using Elsa.Expressions.Helpers;
using Elsa.Extensions;

namespace Elsa.Workflows.Runtime.Activities;

/// <summary>Base of activities that wait for an event of their own, or start with it, and yield its payload.</summary>
public abstract class EventBase : Trigger<object>;

/// <summary>Base of activities that wait for an event of their own, or start with it, and yield its payload.</summary>
/// <typeparam name="TResult">What the payload is brought to.</typeparam>
public abstract class EventBase<TResult> : Trigger<TResult>
{
    /// <summary>The event. Case counts. Called when the definition is published too, where no instance runs yet.</summary>
    protected abstract string GetEventName(ExpressionExecutionContext context);

    /// <summary>Override to do something with the payload, and to wait for it; then the activity completes.</summary>
    protected virtual ValueTask OnEventReceivedAsync(ActivityExecutionContext context, TResult? input)
    {
        OnEventReceived(context, input);
        return default;
    }

    /// <summary>Override to do something with the payload; then the activity completes.</summary>
    protected virtual void OnEventReceived(ActivityExecutionContext context, TResult? input)
    {
    }

    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => context.GetEventStimulus(GetEventName(context.ExpressionExecutionContext));

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return EventReceivedAsync(context);
        context.WaitForEvent(GetEventName(context.ExpressionExecutionContext), EventReceivedAsync);
        return default;
    }

    /// <summary>Goes on with the event.</summary>
    protected async ValueTask EventReceivedAsync(ActivityExecutionContext context)
    {
        var input = context.GetEventInput().ConvertTo<TResult>();
        context.Set(Result, input);
        await OnEventReceivedAsync(context, input);
        await context.CompleteActivityAsync();
    }
}
