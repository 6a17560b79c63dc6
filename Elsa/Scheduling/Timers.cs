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
    public Timer([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public Timer(TimeSpan interval, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<TimeSpan>(interval), source, line)
    {
    }

    public Timer(Input<TimeSpan> interval, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Interval = interval;

    [Input(Description = "The interval at which the timer should execute.", DefaultValue = "00:01:00")]
    public Input<TimeSpan> Interval { get; set; } = new(TimeSpan.FromMinutes(1));

    public static Timer FromTimeSpan(TimeSpan value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(value, source, line);

    public static Timer FromSeconds(double value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(TimeSpan.FromSeconds(value), source, line);

    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context)
    {
        var interval = Interval.Get(context.ExpressionExecutionContext);
        return new TimerTriggerPayload(context.ExpressionExecutionContext.GetRequiredService<TimeProvider>().GetUtcNow() + interval, interval);
    }

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
    public Cron([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public Cron(string cronExpression, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<string>(cronExpression), source, line)
    {
    }

    public Cron(Input<string> cronExpression, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => CronExpression = cronExpression;

    [Input(Description = "The CRON expression at which the timer should execute.")]
    public Input<string> CronExpression { get; set; } = null!;

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
    public StartAt([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public StartAt(Input<DateTimeOffset> dateTime, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => DateTime = dateTime;

    public StartAt(Func<ExpressionExecutionContext, DateTimeOffset> dateTime, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<DateTimeOffset>(dateTime), source, line)
    {
    }

    public StartAt(DateTimeOffset dateTime, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<DateTimeOffset>(dateTime), source, line)
    {
    }

    public StartAt(Variable<DateTimeOffset> dateTime, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<DateTimeOffset>(dateTime), source, line)
    {
    }

    [Input]
    public Input<DateTimeOffset> DateTime { get; set; } = null!;

    public static StartAt From(DateTimeOffset value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(value, source, line);

    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context) => new StartAtPayload(context.Get(DateTime));

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var at = context.Get(DateTime);
        if (context.IsTriggerOfWorkflow() || at <= context.WorkflowExecutionContext.Now)
            return context.CompleteActivityAsync();
        context.CreateBookmark(new StartAtPayload(at));
        return default;
    }
}
