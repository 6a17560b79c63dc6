using MimeKit;
using QRCoder;
using TongBan.Domain.Cases;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Host.Papers;
using TongBan.Host.Partners;

namespace TongBan.Host.Mail;

/// <summary>A mail as it stands in the outbox.</summary>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">The message itself.</param>
/// <param name="Topic">The code of the <see cref="MessageTopic"/> whose template it uses; null for none.</param>
/// <param name="Attachments">Files that go along in one encrypted archive.</param>
/// <param name="Password">What the archive is encrypted with.</param>
internal sealed record MailPayload(string To, string Subject, string Text, string? Topic = null, IReadOnlyList<MailAttachment>? Attachments = null, string? Password = null);

/// <summary>A file to attach, by the hash it is kept under.</summary>
internal sealed record MailAttachment(string Name, string MediaType, string Sha256);

/// <summary>Writes mails of the outbox out. The call's id is the Message-Id, so that a mail sent twice is known as one.</summary>
internal sealed class MailComposer(CaseDesk desk, IContentStore contents, PaperWordings wordings, MessageWordings words, HostAddress address)
{
    private const int PixelsPerModule = 5;

    public async Task<MimeMessage> ComposeAsync(PartnerCall call, MailPayload mail, CancellationToken cancellationToken)
    {
        var body = mail.Topic is null ? new BodyBuilder { TextBody = mail.Text } : await LetterAsync(call.CaseNumber, mail);
        if (mail is { Attachments: { Count: > 0 } files, Password: { } password })
            body.Attachments.Add($"{call.CaseNumber}.zip", await EncryptedArchive.PackAsync(contents, files, password, cancellationToken), new ContentType("application", "zip"));
        var message = new MimeMessage([], [MailboxAddress.Parse(mail.To)], mail.Subject, body.ToMessageBody()) { MessageId = MailId.Of(call.Id) };
        // So that no machine answers it. https://www.rfc-editor.org/rfc/rfc3834#section-5
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task<BodyBuilder> LetterAsync(string caseNumber, MailPayload mail)
    {
        var topic = Enum.TryParse<MessageTopic>(mail.Topic, ignoreCase: true, out var given) ? given : MessageTopic.Progress;
        var paper = MessageTopics.PaperOf(topic) is { } kind ? await desk.Notices.LatestAsync(caseNumber, kind) : null;
        var template = paper is null ? MailTemplate.Of(await words.OfAsync(topic)) : MailTemplate.Of(await wordings.OfAsync(paper.Kind));
        var letter = new MailLetter(template, await desk.Cases.GetAsync(caseNumber), mail.Text, paper, address.TrackOf(caseNumber));
        var body = new BodyBuilder { TextBody = letter.Text(), HtmlBody = letter.Html() };
        using var code = QRCodeGenerator.GenerateQrCode(letter.TrackAddress, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using var picture = new PngByteQRCode(code);
        var image = body.LinkedResources.Add("track.png", picture.GetGraphic(PixelsPerModule), new ContentType("image", "png"));
        image.ContentId = MailLetter.QrCode;
        image.ContentDisposition = new ContentDisposition(ContentDisposition.Inline);
        return body;
    }
}
