using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace TongBan.Host.Mail;

/// <summary>
/// Asks servers that know delivery reports for one on failure: with the mail's id, and with nothing of the mail but its headers, so
/// that what is in it does not travel back. https://www.rfc-editor.org/rfc/rfc3461
/// </summary>
internal sealed class ReportingSmtpClient : SmtpClient
{
    public ReportingSmtpClient() => DeliveryStatusNotificationType = MailKit.Net.Smtp.DeliveryStatusNotificationType.HeadersOnly;

    protected override string? GetEnvelopeId(MimeMessage message) => message.MessageId;

    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) => DeliveryStatusNotification.Failure;
}
