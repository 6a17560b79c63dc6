using System.Runtime.CompilerServices;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Elsa.Workflows;
using Elsa.Workflows.Runtime.Stimuli;

namespace Elsa.Workflows.Runtime.Activities
{
    /// <summary>Waits for an event of a name, or starts with it.</summary>
    [Activity("Elsa", "Primitives", "Wait for an event to be published.")]
    public class Event : Trigger<object?>
    {
        /// <summary>The workflow input that carries the event's payload.</summary>
        public const string EventInputWorkflowInputKey = "__EventPayloadWorkflowInput";

        public Event(string eventName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Literal<string>(eventName), source, line)
        {
        }

        public Event(Func<string> eventName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<string>(Expression.DelegateExpression(eventName), new()), source, line)
        {
        }

        public Event(Func<ExpressionExecutionContext, string?> eventName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<string>(Expression.DelegateExpression(eventName), new()), source, line)
        {
        }

        public Event(Variable<string> variable, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => EventName = new(variable);

        public Event(Literal<string> literal, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => EventName = new(literal);

        public Event(Input<string> eventName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => EventName = eventName;

        internal Event([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        [Input(Description = "The name of the event to listen for.")]
        public Input<string> EventName { get; set; } = null!;

        /// <inheritdoc />
        protected override object GetTriggerPayload(TriggerIndexingContext context) => context.GetEventStimulus(EventName.Get(context.ExpressionExecutionContext));

        /// <inheritdoc />
        protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            if (context.IsTriggerOfWorkflow())
                return CompleteInternalAsync(context);
            context.WaitForEvent(context.Get(EventName)!, CompleteInternalAsync);
            return default;
        }

        private ValueTask CompleteInternalAsync(ActivityExecutionContext context)
        {
            context.SetResult(context.GetEventInput());
            return context.CompleteActivityAsync();
        }
    }
}

namespace Elsa.Workflows.Runtime.Stimuli
{
    /// <summary>An event of a name.</summary>
    public record EventStimulus(string EventName);

    /// <summary>A task that was reported as done.</summary>
    public record RunTaskStimulus(string TaskId, [property: ExcludeFromHash] string TaskName);

    /// <summary>A dispatched child has finished.</summary>
    public record DispatchWorkflowStimulus(string ChildInstanceId);

    /// <summary>An executed child has finished.</summary>
    public record ExecuteWorkflowStimulus(string ChildInstanceId);
}

namespace Elsa.Extensions
{
    /// <summary>Makes an activity wait for an event.</summary>
    public static class ActivityExecutionContextEventExtensions
    {
        internal const string EventName = "Elsa.Event";

        public static void WaitForEvent(this ActivityExecutionContext context, string eventName, ExecuteActivityDelegate? callback = null)
        {
            if (context.IsTriggerOfWorkflow())
                callback?.Invoke(context).AsTask().GetAwaiter().GetResult();
            else
                context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new EventStimulus(eventName), IncludeActivityInstanceId = false, BookmarkName = EventName, Callback = callback });
        }

        public static EventStimulus GetEventStimulus(this TriggerIndexingContext context, string eventName)
        {
            context.TriggerName = EventName;
            return new(eventName);
        }

        /// <summary>The payload of the event that resumed the activity.</summary>
        public static object? GetEventInput(this ActivityExecutionContext context) =>
            context.TryGetWorkflowInput<object?>(Workflows.Runtime.Activities.Event.EventInputWorkflowInputKey, out var input) ? input : null;
    }
}
