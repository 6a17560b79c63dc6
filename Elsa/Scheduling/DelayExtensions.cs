using Elsa.Scheduling;
using Elsa.Scheduling.Bookmarks;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Elsa.Extensions;

/// <summary>Makes an activity wait for a moment.</summary>
public static class DelayActivityExecutionContextExtensions
{
    /// <summary>Waits for a time from now, then goes on with <paramref name="callback"/>, a method of the activity; null completes it.</summary>
    public static void DelayFor(this ActivityExecutionContext context, TimeSpan delay, ExecuteActivityDelegate? callback = null) =>
        context.DelayUntil(context.WorkflowExecutionContext.Now.Add(delay), callback);

    /// <summary>Waits for a moment, then goes on with <paramref name="callback"/>, a method of the activity; null completes it. A moment that has passed is due at once.</summary>
    public static void DelayUntil(this ActivityExecutionContext context, DateTimeOffset resumeAt, ExecuteActivityDelegate? callback = null) =>
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = SchedulingStimulusNames.Delay, Stimulus = new DelayPayload(resumeAt), Callback = callback });
}

/// <summary>Makes an activity wait for an interval.</summary>
public static class TimerActivityExecutionContextExtensions
{
    /// <summary>Waits for one interval from now, then goes on with <paramref name="callback"/>, a method of the activity; null completes it. In an instance that the timer itself started, it goes on at once.</summary>
    public static void RepeatWithInterval(this ActivityExecutionContext context, TimeSpan interval, ExecuteActivityDelegate? callback = null)
    {
        if (context.IsTriggerOfWorkflow())
        {
            callback?.Invoke(context).AsTask().GetAwaiter().GetResult();
            return;
        }

        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = SchedulingStimulusNames.Timer, Stimulus = new TimerBookmarkPayload(context.WorkflowExecutionContext.Now.Add(interval)), Callback = callback });
    }

    /// <summary>The stimulus of a timer, for an activity that starts at an interval, counted from now.</summary>
    public static object GetTimerTriggerStimulus(this TriggerIndexingContext context, TimeSpan interval)
    {
        context.TriggerName = SchedulingStimulusNames.Timer;
        return new TimerTriggerPayload(context.ExpressionExecutionContext.GetRequiredService<TimeProvider>().GetUtcNow() + interval, interval);
    }
}
