using System.Text.Json.Serialization;
using Cronos;
using Elsa.Execution;

namespace Elsa.Scheduling.Bookmarks
{
    /// <summary>Resumes after a delay.</summary>
    /// <param name="ResumeAt">When it is due.</param>
    public record DelayPayload(DateTimeOffset ResumeAt) : ITimedStimulus
    {
        DateTimeOffset ITimedStimulus.DueAt => ResumeAt;
    }

    /// <summary>Resumes when a timer elapses.</summary>
    /// <param name="ResumeAt">When it is due.</param>
    public record TimerBookmarkPayload(DateTimeOffset ResumeAt) : ITimedStimulus
    {
        DateTimeOffset ITimedStimulus.DueAt => ResumeAt;
    }

    /// <summary>Starts again and again.</summary>
    /// <param name="StartAt">The first start.</param>
    /// <param name="Interval">From each start to the next.</param>
    public record TimerTriggerPayload(DateTimeOffset StartAt, TimeSpan Interval) : ITimedTrigger
    {
        DateTimeOffset? ITimedTrigger.NextAfter(DateTimeOffset now) => now < StartAt ? StartAt : now + Interval;
    }

    /// <summary>Resumes at the next occurrence of a schedule.</summary>
    /// <param name="ExecuteAt">When it is due, an occurrence of the schedule.</param>
    /// <param name="CronExpression">The schedule, as <c>Cron.CronExpression</c> takes it.</param>
    public record CronBookmarkPayload(DateTimeOffset ExecuteAt, string CronExpression) : ITimedStimulus
    {
        DateTimeOffset ITimedStimulus.DueAt => ExecuteAt;
    }

    /// <summary>Starts at each occurrence of a schedule.</summary>
    /// <param name="CronExpression">The schedule, as <c>Cron.CronExpression</c> takes it.</param>
    public record CronTriggerPayload(string CronExpression) : ITimedTrigger
    {
        DateTimeOffset? ITimedTrigger.NextAfter(DateTimeOffset now) => Schedules.Next(CronExpression, now);
    }

    /// <summary>Resumes or starts at a moment.</summary>
    /// <param name="ExecuteAt">When it is due.</param>
    public record StartAtPayload(DateTimeOffset ExecuteAt) : ITimedStimulus, ITimedTrigger
    {
        DateTimeOffset ITimedStimulus.DueAt => ExecuteAt;

        DateTimeOffset? ITimedTrigger.NextAfter(DateTimeOffset now) => ExecuteAt > now ? ExecuteAt : null;
    }
}

namespace Elsa.Execution
{
    /// <summary>The payload of a bookmark that a timer resumes. The burst writes a timer row with the bookmark.</summary>
    internal interface ITimedStimulus
    {
        [JsonIgnore]
        DateTimeOffset DueAt { get; }
    }

    /// <summary>The payload of a trigger that a timer fires.</summary>
    internal interface ITimedTrigger
    {
        /// <summary>When it fires next; null for never again.</summary>
        DateTimeOffset? NextAfter(DateTimeOffset now);
    }

    /// <summary>Cron expressions of five fields, or six with seconds, in UTC.</summary>
    internal static class Schedules
    {
        public static DateTimeOffset? Next(string expression, DateTimeOffset now)
        {
            var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
            return CronExpression.Parse(expression, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard).GetNextOccurrence(now, TimeZoneInfo.Utc);
        }
    }
}
