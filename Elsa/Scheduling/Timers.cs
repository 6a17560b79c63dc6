using System.Runtime.CompilerServices;
using Elsa.Execution;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Scheduling.Bookmarks;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Scheduling.Activities;

/// <summary>Starts at intervals, or waits for one.</summary>
[Activity("Elsa", "Scheduling", "Trigger workflow execution at a specific interval.")]
public class Timer : EventGenerator
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Timer([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Starts at, or waits for, an interval that is known in advance.</summary>
    public Timer(TimeSpan interval, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<TimeSpan>(interval), source, line)
    {
    }

    /// <summary>Starts at, or waits for, the interval that <paramref name="interval"/> yields.</summary>
    public Timer(Input<TimeSpan> interval, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Interval = interval;

    /// <summary>Written as <c>d.hh:mm:ss</c> in definitions; a minute when it is not set. As a trigger it counts from publishing and then from each start; what was missed while no host ran is started once.</summary>
    [Input(Description = "The interval at which the timer should execute.", DefaultValue = "00:01:00")]
    public Input<TimeSpan> Interval { get; set; } = new(TimeSpan.FromMinutes(1));

    /// <summary>A timer with an interval that is known in advance.</summary>
    public static Timer FromTimeSpan(TimeSpan value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(value, source, line);

    /// <summary>A timer with an interval in seconds.</summary>
    public static Timer FromSeconds(double value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(TimeSpan.FromSeconds(value), source, line);

    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => context.GetTimerTriggerStimulus(Interval.Get(context.ExpressionExecutionContext));

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return context.CompleteActivityAsync();
        context.RepeatWithInterval(context.Get(Interval));
        return default;
    }
}

/// <summary>Starts at the occurrences of a schedule, or waits for the next.</summary>
[Activity("Elsa", "Scheduling", "Trigger workflow execution at a specific interval using a CRON expression.")]
public class Cron : EventGenerator
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Cron([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Starts at, or waits for, a schedule that is known in advance.</summary>
    public Cron(string cronExpression, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<string>(cronExpression), source, line)
    {
    }

    /// <summary>Starts at, or waits for, the schedule that <paramref name="cronExpression"/> yields.</summary>
    public Cron(Input<string> cronExpression, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => CronExpression = cronExpression;

    /// <summary>Five fields as in crontab (minute, hour, day of month, month, day of week; POSIX <c>crontab</c>, with the additions of the Cronos library such as <c>L</c>, <c>W</c> and <c>#</c>), or six with seconds first. Read in UTC. One that cannot be read is refused at publishing, or becomes an incident.</summary>
    [Input(Description = "The CRON expression at which the timer should execute.")]
    public Input<string> CronExpression { get; set; } = null!;

    /// <summary>A trigger for a schedule that is known in advance.</summary>
    public static Cron FromCronExpression(string value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(value, source, line);

    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => new CronTriggerPayload(CronExpression.Get(context.ExpressionExecutionContext));

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return context.CompleteActivityAsync();
        var expression = CronExpression.Get(context);
        var next = Schedules.Next(expression, context.WorkflowExecutionContext.Now) ?? throw new InvalidOperationException($"The schedule '{expression}' has no further occurrence.");
        context.JournalData["ExecuteAt"] = next;
        context.CreateBookmark(new CronBookmarkPayload(next, expression));
        return default;
    }
}

/// <summary>Starts at a moment, or waits for it; a moment that has passed is not waited for.</summary>
[Activity("Elsa", "Scheduling", "Trigger execution at a specific time in the future.")]
public class StartAt : Trigger
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public StartAt([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Starts at, or waits for, the moment that <paramref name="dateTime"/> yields.</summary>
    public StartAt(Input<DateTimeOffset> dateTime, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => DateTime = dateTime;

    /// <summary>Starts at, or waits for, the moment that a delegate yields which sees variables and inputs.</summary>
    public StartAt(Func<ExpressionExecutionContext, DateTimeOffset> dateTime, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<DateTimeOffset>(dateTime), source, line)
    {
    }

    /// <summary>Starts at, or waits for, a moment that is known in advance.</summary>
    public StartAt(DateTimeOffset dateTime, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<DateTimeOffset>(dateTime), source, line)
    {
    }

    /// <summary>Starts at, or waits for, the moment that a variable holds.</summary>
    public StartAt(Variable<DateTimeOffset> dateTime, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<DateTimeOffset>(dateTime), source, line)
    {
    }

    /// <summary>The moment, with its offset from UTC (ISO 8601 in definitions). As a trigger one that has passed starts nothing; in a workflow it is not waited for.</summary>
    [Input]
    public Input<DateTimeOffset> DateTime { get; set; } = null!;

    /// <summary>A trigger for a moment that is known in advance.</summary>
    public static StartAt From(DateTimeOffset value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(value, source, line);

    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => new StartAtPayload(context.Get(DateTime));

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return context.CompleteActivityAsync();
        var (at, now) = (context.Get(DateTime), context.WorkflowExecutionContext.Now);
        context.JournalData["Executed At"] = now;
        if (at <= now)
            return context.CompleteActivityAsync();
        context.CreateBookmark(new StartAtPayload(at));
        return default;
    }
}
