using System.Runtime.CompilerServices;
using Elsa.Calls;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Email.Activities;

/// <summary>Sends a mail. The burst only asks for it; it is sent when the burst is committed, and the activity goes on when it was accepted or refused.</summary>
/// <param name="source">The file the activity was made in; the compiler fills it in.</param>
/// <param name="line">The line in that file; the compiler fills it in.</param>
[Activity("Elsa", "Email", "Send an email message.", Kind = ActivityKind.Task)]
public class SendEmail([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : Activity(source, line)
{
    /// <summary>An address (RFC 5322); blank leaves the sender to the host's transport.</summary>
    [Input(Description = "The sender's email address.")]
    public Input<string?> From { get; set; } = null!;

    /// <summary>Addresses of those it is for. Together with <see cref="Cc"/> and <see cref="Bcc"/> there must be at least one.</summary>
    [Input(Description = "The recipients email addresses.", UIHint = InputUIHints.MultiText)]
    public Input<ICollection<string>> To { get; set; } = null!;

    /// <summary>Addresses of those who get a copy that all can see.</summary>
    [Input(Description = "The CC recipient email addresses.", UIHint = InputUIHints.MultiText, Category = "More")]
    public Input<ICollection<string>> Cc { get; set; } = null!;

    /// <summary>Addresses of those who get a copy that the others do not see.</summary>
    [Input(Description = "The BCC recipients email addresses.", UIHint = InputUIHints.MultiText, Category = "More")]
    public Input<ICollection<string>> Bcc { get; set; } = null!;

    /// <summary>The subject; blank is none.</summary>
    [Input(Description = "The subject of the email message.")]
    public Input<string?> Subject { get; set; } = null!;

    /// <summary>Bytes, <c>EmailAttachment</c>s, a list of these, or their JSON; an object of another kind is attached as JSON. Paths and URLs are refused.</summary>
    [Input(
        Description = "The attachments to send with the email message. Can be (an array of) a fully-qualified file path, URL, stream, byte array or instances of EmailAttachment.",
        UIHint = InputUIHints.MultiLine)]
    public Input<object?> Attachments { get; set; } = null!;

    /// <summary>HTML.</summary>
    [Input(Description = "The body of the email message.", UIHint = InputUIHints.MultiLine)]
    public Input<string> Body { get; set; } = null!;

    /// <summary>Run when the mail was refused or could not be handed over; without one the activity completes.</summary>
    [Port]
    public IActivity? Error { get; set; }

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var mail = new OutgoingMail(
            "",
            From.GetOrDefault(context) is { } from && !string.IsNullOrWhiteSpace(from) ? from : null,
            [.. To.GetOrDefault(context) ?? []],
            [.. Cc.GetOrDefault(context) ?? []],
            [.. Bcc.GetOrDefault(context) ?? []],
            Subject.GetOrDefault(context) ?? "",
            Body.GetOrDefault(context) ?? "",
            MailFiles.Of(Attachments.GetOrDefault(context)));
        if (mail.To.Count + mail.Cc.Count + mail.Bcc.Count == 0)
            throw new FaultException("NoRecipient", "Email", "System", "A mail needs a recipient.");
        context.RequestCall(CallKinds.Mail, mail, 1, OnSentAsync);
        return default;
    }

    private ValueTask OnSentAsync(ActivityExecutionContext context) => context.GetCallResult() is { Outcome: CallOutcome.Answered }
        ? context.CompleteActivityAsync()
        : context.ScheduleActivityAsync(Error, OnErrorCompletedAsync);

    private static ValueTask OnErrorCompletedAsync(ActivityCompletedContext context) => context.TargetContext.CompleteActivityAsync();
}
