using System.Security.Cryptography;
using System.Text;
using Elsa.Email;
using MimeKit;
using TongBan.Host.Mail;

namespace TongBan.Host.Partners;

/// <summary>Sends the mails of workflow steps the way the product's own mails go.</summary>
internal sealed class WorkflowMail(MailSender mails) : IMailTransport
{
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage { Subject = mail.Subject, MessageId = MailId.Of(mail.Id) };
        if (mail.From is { } from)
            message.From.Add(MailboxAddress.Parse(from));
        message.To.AddRange(mail.To.Select(MailboxAddress.Parse));
        message.Cc.AddRange(mail.Cc.Select(MailboxAddress.Parse));
        message.Bcc.AddRange(mail.Bcc.Select(MailboxAddress.Parse));
        var body = new BodyBuilder { HtmlBody = mail.HtmlBody };
        foreach (var file in mail.Attachments)
            body.Attachments.Add(file.Name, file.Content, ContentType.Parse(file.ContentType));
        message.Body = body.ToMessageBody();

        switch (await mails.SendAsync(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Id)).AsSpan(0, 16)), message, cancellationToken))
        {
            case PartnerAnswer.Refused refused:
                throw new InvalidOperationException($"The mail server refused the mail: {refused.Status} {refused.Body}");
            case PartnerAnswer.Unreachable unreachable:
                throw new IOException($"The mail server cannot be reached: {unreachable.Reason}");
        }
    }
}
