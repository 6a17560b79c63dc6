using Elsa.Execution;

namespace Elsa.Scheduling.Bookmarks
{
    /// <summary>Resumes after a delay.</summary>
    public record DelayPayload(DateTimeOffset ResumeAt) : ITimedStimulus
    {
        DateTimeOffset ITimedStimulus.DueAt => ResumeAt;
    }

    /// <summary>Resumes when a timer elapses.</summary>
    public record TimerBookmarkPayload(DateTimeOffset ResumeAt) : ITimedStimulus
    {
        DateTimeOffset ITimedStimulus.DueAt => ResumeAt;
    }

    /// <summary>Starts again and again.</summary>
    public record TimerTriggerPayload(DateTimeOffset StartAt, TimeSpan Interval);

    /// <summary>Resumes at the next occurrence of a schedule.</summary>
    public record CronBookmarkPayload(DateTimeOffset ExecuteAt, string CronExpression) : ITimedStimulus
    {
        DateTimeOffset ITimedStimulus.DueAt => ExecuteAt;
    }

    /// <summary>Starts at each occurrence of a schedule.</summary>
    public record CronTriggerPayload(string CronExpression);

    /// <summary>Resumes or starts at a moment.</summary>
    public record StartAtPayload(DateTimeOffset ExecuteAt) : ITimedStimulus
    {
        DateTimeOffset ITimedStimulus.DueAt => ExecuteAt;
    }
}

namespace Elsa.Execution
{
    /// <summary>The payload of a bookmark that a timer resumes. The burst writes a timer row with the bookmark.</summary>
    internal interface ITimedStimulus
    {
        DateTimeOffset DueAt { get; }
    }
}
