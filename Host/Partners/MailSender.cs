using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using TongBan.Domain.Materials.Content;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Partners;

/// <summary>Where mail goes; without a host it stays in the sandbox's mailbox.</summary>
internal sealed class SmtpOptions
{
    /// <summary>The SMTP server.</summary>
    public string? Host { get; init; }

    /// <summary>Its port; 25 by default.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 25;

    /// <summary>The sender's address.</summary>
    [EmailAddress]
    public string From { get; init; } = "noreply@tongban.invalid";

    /// <summary>The account, when the server wants one.</summary>
    public string? UserName { get; init; }

    /// <summary>
    /// Whether the connection must be encrypted to a server that proves who it is; else it is encrypted where the server offers
    /// it, whoever it is (RFC 7435). Default false.
    /// </summary>
    public bool RequireTls { get; init; }

    /// <summary>The account's password.</summary>
    public string? Password { get; init; }
}

/// <summary>A mail as it stands in the outbox.</summary>
internal sealed record MailPayload(string To, string Subject, string Text, IReadOnlyList<MailAttachment>? Attachments = null);

/// <summary>A file to attach, by the hash it is kept under.</summary>
internal sealed record MailAttachment(string Name, string MediaType, string Sha256);

/// <summary>Sends mail over SMTP. The call's id is the Message-Id, so that a mail sent twice is known as one.</summary>
internal sealed class MailSender(IOptions<SmtpOptions> options, IContentStore contents, SandboxMailbox sandbox)
{
    private const int PermanentFailure = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<PartnerAnswer> SendAsync(Guid id, MailPayload mail, CancellationToken cancellationToken)
    {
        using var message = await ComposeAsync(id, mail, cancellationToken);
        return await SendAsync(id, message, cancellationToken);
    }

    /// <summary>Sends a message, from our own address when it names none.</summary>
    public async Task<PartnerAnswer> SendAsync(Guid id, MimeMessage message, CancellationToken cancellationToken)
    {
        if (options.Value.Host is not { Length: > 0 } host)
            return await sandbox.KeepAsync(id, "mail", message.To.ToString(), $"{message.Subject}\n{message.TextBody ?? message.HtmlBody}");

        if (message.From.Count == 0)
            message.From.Add(MailboxAddress.Parse(options.Value.From));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await SendAsync(host, message, patience.Token);
        }
        catch (SmtpCommandException exception) when ((int)exception.StatusCode >= PermanentFailure)
        {
            return new PartnerAnswer.Refused((int)exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (exception is CommandException or ProtocolException or ServiceNotConnectedException or IOException
            or System.Net.Sockets.SocketException or SslHandshakeException or AuthenticationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new PartnerAnswer.Unreachable(exception.Message);
        }
    }

    private async Task<PartnerAnswer> SendAsync(string host, MimeMessage message, CancellationToken cancellationToken)
    {
        using var smtp = new SmtpClient();
        smtp.ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || !options.Value.RequireTls;
        await smtp.ConnectAsync(host, options.Value.Port, options.Value.RequireTls ? SecureSocketOptions.StartTls : SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
        if (options.Value.UserName is { } user)
            await smtp.AuthenticateAsync(user, options.Value.Password ?? "", cancellationToken);
        var reply = await smtp.SendAsync(message, cancellationToken);
        await smtp.DisconnectAsync(quit: true, cancellationToken);
        return PartnerAnswer.Of(new { reply });
    }

    private async Task<MimeMessage> ComposeAsync(Guid id, MailPayload mail, CancellationToken cancellationToken)
    {
        var body = new BodyBuilder { TextBody = mail.Text };
        foreach (var file in mail.Attachments ?? [])
        {
            await using var stream = await contents.OpenAsync(file.Sha256, cancellationToken)
                ?? throw new InvalidOperationException($"The content {file.Sha256} of {file.Name} is not in the store.");
            await body.Attachments.AddAsync(file.Name, stream, ContentType.Parse(file.MediaType), cancellationToken);
        }

        return new MimeMessage([], [MailboxAddress.Parse(mail.To)], mail.Subject, body.ToMessageBody())
        {
            MessageId = $"{id}@tongban",
        };
    }
}
