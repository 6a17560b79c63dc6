using System.Runtime.CompilerServices;
using Elsa.Extensions;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Elsa.Workflows.Runtime.Activities;

/// <summary>Publishes an event, to this instance only or to all. It is delivered when this burst is committed.</summary>
[Activity("Elsa", "Primitives", "Publishes an event.")]
public class PublishEvent : CodeActivity
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public PublishEvent([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Case counts.</summary>
    [Input(Description = "The name of the event to publish.")]
    public Input<string> EventName { get; set; } = null!;

    /// <summary>Only instances of this correlation hear it; blank is all.</summary>
    [Input(Description = "The correlation ID to scope the event to.")]
    public Input<string?> CorrelationId { get; set; } = null!;

    /// <summary>Whether only this instance hears it; then nothing is started either.</summary>
    [Input(DisplayName = "Local event", Description = "Whether the event is local to the workflow. When checked, the event will be delivered to this workflow instance only.")]
    public Input<bool> IsLocalEvent { get; set; } = null!;

    /// <summary>What the event brings, which becomes the value of the Event activities; must be writable as JSON.</summary>
    [Input(Description = "The payload to send as the event body.")]
    public Input<object> Payload { get; set; } = null!;

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var correlationId = CorrelationId.GetOrDefault(context);
        await context.GetRequiredService<IEventPublisher>().PublishAsync(
            EventName.Get(context),
            string.IsNullOrWhiteSpace(correlationId) ? null : correlationId,
            IsLocalEvent.GetOrDefault(context) ? context.WorkflowExecutionContext.Id : null,
            null,
            Payload.GetOrDefault(context),
            asynchronous: true,
            context.CancellationToken);
    }
}
