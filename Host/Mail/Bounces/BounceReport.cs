using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace TongBan.Host.Mail.Bounces;

/// <summary>What a mail server reports about one of our mails. https://www.rfc-editor.org/rfc/rfc3464</summary>
/// <param name="Call">The call of the outbox that sent the mail.</param>
/// <param name="Key">The same for the same report, however often it comes.</param>
/// <param name="Failure">Why the mail is given up; null when it is not, as for one that is only late.</param>
internal sealed partial record BounceReport(Guid Call, byte[] Key, BounceFailure? Failure)
{
    /// <summary>Reads a report; null for a mail that is none, or none about a mail of ours.</summary>
    /// <param name="raw">The mail's bytes.</param>
    public static BounceReport? Of(byte[] raw)
    {
        try
        {
            using var stream = new MemoryStream(raw);
            using var mail = MimeMessage.Load(stream);
            return mail.Body is MultipartReport { ReportType: { } type } report && type.Equals("delivery-status", StringComparison.OrdinalIgnoreCase)
                && report.OfType<MessageDeliveryStatus>().FirstOrDefault() is { StatusGroups: { } groups } && CallOf(mail, report, groups) is { } call
                ? new(call, SHA256.HashData(mail.MessageId is { Length: > 0 } id ? Encoding.UTF8.GetBytes(id) : raw), FailureOf(groups))
                : null;
        }
        catch (FormatException)
        {
            // Bytes that are no mail.
            return null;
        }
    }

    /// <summary>Servers that return nothing of the mail name it by the envelope's id or as what they answer to.</summary>
    private static Guid? CallOf(MimeMessage mail, MultipartReport report, HeaderListCollection groups) =>
        report.OfType<MessagePart>().Select(part => part.Message?.MessageId)
            .Concat(groups.Select(group => group["Original-Envelope-Id"]))
            .Append(mail.InReplyTo)
            .Concat(mail.References)
            .Select(MailId.CallOf)
            .FirstOrDefault(id => id is not null);

    private static BounceFailure? FailureOf(HeaderListCollection groups)
    {
        if (groups.FirstOrDefault(group => FirstWord().Match(group["Action"] ?? "").Value.Equals("failed", StringComparison.OrdinalIgnoreCase)) is not { } recipient)
            return null;
        var (status, said) = (StatusCode().Match(recipient["Status"] ?? ""), recipient["Diagnostic-Code"]);
        if (!status.Success)
            status = StatusCode().Match(said ?? "");
        return BounceFailure.Of(status.Success ? status.Value : "5.0.0", said);
    }

    [GeneratedRegex(@"[a-z]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstWord();

    /// <summary>A status of RFC 3463, such as 5.1.1, which no longer number is a part of.</summary>
    [GeneratedRegex(@"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StatusCode();
}
