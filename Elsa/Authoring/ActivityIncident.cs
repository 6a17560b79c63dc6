using System.Text.Json.Serialization;

namespace Elsa.Workflows.State
{
    /// <summary>What is kept of an exception.</summary>
    public record ExceptionState(Type Type, string Message, string? StackTrace, ExceptionState? InnerException)
    {
        /// <summary>The name of the exception's type, which outlives the type.</summary>
        internal string TypeName { get; init; } = Type.FullName ?? Type.Name;

        public static ExceptionState? FromException(Exception? ex) =>
            ex is null ? null : new(ex.GetType(), ex.Message, ex.StackTrace, FromException(ex.InnerException));
    }
}

namespace Elsa.Workflows.Models
{
    /// <summary>An execution that failed and waits for a person.</summary>
    public class ActivityIncident
    {
        [JsonConstructor]
        public ActivityIncident()
        {
        }

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

        public string ActivityId { get; init; } = null!;

        public string ActivityNodeId { get; init; } = null!;

        public string? ActivityInstanceId { get; init; }

        public string ActivityType { get; init; } = null!;

        public string Message { get; init; } = null!;

        public State.ExceptionState? Exception { get; init; }

        public DateTimeOffset Timestamp { get; init; }
    }
}
