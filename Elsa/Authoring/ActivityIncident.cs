using System.Text.Json.Serialization;

namespace Elsa.Workflows.State
{
    /// <summary>What is kept of an exception.</summary>
    /// <param name="Type">Of the exception; once it has been stored <see cref="Exception"/>.</param>
    /// <param name="Message">As it was thrown, for people.</param>
    /// <param name="StackTrace">Where it was thrown; null when it never was.</param>
    /// <param name="InnerException">What it was thrown for; null when it had no cause.</param>
    public record ExceptionState(Type Type, string Message, string? StackTrace, ExceptionState? InnerException)
    {
        /// <summary>The name of the exception's type, which outlives the type.</summary>
        internal string TypeName { get; init; } = Type.FullName ?? Type.Name;

        /// <summary>The state of an exception and of those inside it; null for null. Aggregates keep their first inner exception only.</summary>
        public static ExceptionState? FromException(Exception? ex) =>
            ex is null ? null : new(ex.GetType(), ex.Message, ex.StackTrace, FromException(ex.InnerException));
    }
}

namespace Elsa.Workflows.Models
{
    /// <summary>An execution that failed and waits for a person.</summary>
    public class ActivityIncident
    {
        /// <summary>For serializers.</summary>
        [JsonConstructor]
        public ActivityIncident()
        {
        }

        /// <summary>An incident of the execution <paramref name="activityInstanceId"/>, at <paramref name="timestamp"/> in UTC.</summary>
        public ActivityIncident(string activityId, string activityNodeId, string activityType, string message, State.ExceptionState? exception, DateTimeOffset timestamp, string? activityInstanceId = null)
        {
            ActivityId = activityId;
            ActivityNodeId = activityNodeId;
            ActivityType = activityType;
            Message = message;
            Exception = exception;
            Timestamp = timestamp;
            ActivityInstanceId = activityInstanceId;
        }

        /// <summary>The activity's id in its container.</summary>
        public string ActivityId { get; init; } = null!;

        /// <summary>The activity's path of ids in the definition.</summary>
        public string ActivityNodeId { get; init; } = null!;

        /// <summary>The execution that failed; null when no execution had begun.</summary>
        public string? ActivityInstanceId { get; init; }

        /// <summary>The type name, as in <c>Elsa.SendEmail</c>.</summary>
        public string ActivityType { get; init; } = null!;

        /// <summary>The message of the exception, for people.</summary>
        public string Message { get; init; } = null!;

        /// <summary>What was thrown; null when nothing was.</summary>
        public State.ExceptionState? Exception { get; init; }

        /// <summary>When it failed, in UTC.</summary>
        public DateTimeOffset Timestamp { get; init; }
    }
}
