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

        /// <summary>Waits for an event whose name is known in advance.</summary>
        public Event(string eventName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Literal<string>(eventName), source, line)
        {
        }

        /// <summary>Waits for the event that a delegate names.</summary>
        public Event(Func<string> eventName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<string>(Expression.DelegateExpression(eventName), new()), source, line)
        {
        }

        /// <summary>Waits for the event that a delegate names, which sees variables and inputs.</summary>
        public Event(Func<ExpressionExecutionContext, string?> eventName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<string>(Expression.DelegateExpression(eventName), new()), source, line)
        {
        }

        /// <summary>Waits for the event that a variable names.</summary>
        public Event(Variable<string> variable, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => EventName = new(variable);

        /// <summary>Waits for an event whose name is known in advance.</summary>
        public Event(Literal<string> literal, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => EventName = new(literal);

        /// <summary>Waits for the event that <paramref name="eventName"/> yields.</summary>
        public Event(Input<string> eventName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => EventName = eventName;

        internal Event([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        /// <summary>Case counts. As a trigger it is evaluated when the definition is published.</summary>
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
    /// <param name="EventName">Case counts.</param>
    public record EventStimulus(string EventName);

    /// <summary>A task that was reported as done.</summary>
    /// <param name="TaskId">As RunTask yielded it.</param>
    /// <param name="TaskName">What was asked for; it does not decide whom the report reaches.</param>
    public record RunTaskStimulus(string TaskId, [property: ExcludeFromHash] string TaskName);

    /// <summary>A dispatched child has finished.</summary>
    /// <param name="ChildInstanceId">The child.</param>
    public record DispatchWorkflowStimulus(string ChildInstanceId);

    /// <summary>An executed child has finished.</summary>
    /// <param name="ChildInstanceId">The child.</param>
    public record ExecuteWorkflowStimulus(string ChildInstanceId);
}

namespace Elsa.Extensions
{
    /// <summary>Makes an activity wait for an event.</summary>
    public static class ActivityExecutionContextEventExtensions
    {
        /// <summary>Waits for an event and then calls <paramref name="callback"/>, a method of the activity; null completes it. In an instance that this very event started, it is called at once.</summary>
        public static void WaitForEvent(this ActivityExecutionContext context, string eventName, ExecuteActivityDelegate? callback = null)
        {
            if (context.IsTriggerOfWorkflow())
                callback?.Invoke(context).AsTask().GetAwaiter().GetResult();
            else
                context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new EventStimulus(eventName), IncludeActivityInstanceId = false, BookmarkName = Workflows.Runtime.RuntimeStimulusNames.Event, Callback = callback });
        }

        /// <summary>The stimulus of an event, for an activity that starts with it.</summary>
        public static EventStimulus GetEventStimulus(this TriggerIndexingContext context, string eventName)
        {
            context.TriggerName = Workflows.Runtime.RuntimeStimulusNames.Event;
            return new(eventName);
        }

        /// <summary>The payload of the event that resumed the activity.</summary>
        public static object? GetEventInput(this ActivityExecutionContext context) =>
            context.TryGetWorkflowInput<object?>(Workflows.Runtime.Activities.Event.EventInputWorkflowInputKey, out var input) ? input : null;
    }
}
