namespace Elsa.Workflows
{
    /// <summary>A signal on its way up.</summary>
    /// <param name="receiverActivityExecutionContext">The execution that hears it now.</param>
    /// <param name="senderActivityExecutionContext">The execution that sent it.</param>
    /// <param name="cancellationToken">Cancelled when the burst is given up.</param>
    public class SignalContext(ActivityExecutionContext receiverActivityExecutionContext, ActivityExecutionContext senderActivityExecutionContext, CancellationToken cancellationToken)
    {
        /// <summary>The execution that hears it now.</summary>
        public ActivityExecutionContext ReceiverActivityExecutionContext { get; init; } = receiverActivityExecutionContext;

        /// <summary>The execution that sent it.</summary>
        public ActivityExecutionContext SenderActivityExecutionContext { get; init; } = senderActivityExecutionContext;

        /// <summary>Whether the activity hears a signal of its own.</summary>
        public bool IsSelf => SenderActivityExecutionContext.Activity == ReceiverActivityExecutionContext.Activity;

        /// <summary>Cancelled when the burst is given up.</summary>
        public CancellationToken CancellationToken { get; init; } = cancellationToken;

        internal bool StopPropagationRequested { get; private set; }

        /// <summary>The signal goes no further up.</summary>
        public void StopPropagation() => StopPropagationRequested = true;
    }
}

namespace Elsa.Workflows.Signals
{
    /// <summary>Leaves the nearest loop.</summary>
    public record BreakSignal;

    /// <summary>Sent by an activity that is cancelled.</summary>
    public record CancelSignal;

    /// <summary>Completes the composite that encloses the sender.</summary>
    /// <param name="Value">What the composite completes with, usually <c>Outcomes</c>; null is "Done".</param>
    public record CompleteCompositeSignal(object? Value = default);
}
