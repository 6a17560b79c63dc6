namespace Elsa.Email;

/// <summary>A mail that a workflow sends.</summary>
/// <param name="Id">The same when a mail is sent again after a crash: a transport that keeps it, as in Message-Id, sends once.</param>
/// <param name="From">Null for the host's own address.</param>
/// <param name="To">Recipients.</param>
/// <param name="Cc">Recipients of a copy.</param>
/// <param name="Bcc">Recipients that the others do not see.</param>
/// <param name="Subject">May be empty.</param>
/// <param name="HtmlBody">May be empty.</param>
/// <param name="Attachments">Files.</param>
public sealed record OutgoingMail(
    string Id, string? From, IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, string Subject, string HtmlBody, IReadOnlyList<MailFile> Attachments);

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">With its extension, without a path.</param>
/// <param name="ContentType">The media type (RFC 6838).</param>
/// <param name="Content">The bytes as they are, not encoded.</param>
public sealed record MailFile(string Name, string ContentType, byte[] Content);

/// <summary>Sends the mails of workflows. The host registers one; without it every mail fails.</summary>
public interface IMailTransport
{
    /// <summary>Returns when the mail is accepted. Any exception leads to the activity's <c>Error</c> branch, and so does one that takes longer than <see cref="Calls.OutboundOptions.Timeout"/>.</summary>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
