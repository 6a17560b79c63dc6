using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using TongBan.Host.Partners;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Mail;

/// <summary>Sends mail over SMTP; without a server it stays in the sandbox's mailbox.</summary>
internal sealed class MailSender(IOptions<SmtpOptions> options, PartnerTimings timings, SandboxMailbox sandbox, ILogger<MailSender> logger)
{
    private const int PermanentFailure = 500;

    /// <summary>Sends a message, from our own address when it names none.</summary>
    /// <param name="id">Under which the sandbox keeps it.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PartnerAnswer> SendAsync(Guid id, MimeMessage message, CancellationToken cancellationToken)
    {
        if (options.Value.Host is not { Length: > 0 } host)
            return await sandbox.KeepAsync(id, "mail", message.To.ToString(), $"{message.Subject}\n{message.TextBody ?? message.HtmlBody}");

        if (message.From.Count == 0)
            message.From.Add(new MailboxAddress(options.Value.FromName, options.Value.From));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timings.Whole);
        try
        {
            return await SendAsync(host, message, patience.Token);
        }
        catch (SmtpCommandException exception) when ((int)exception.StatusCode >= PermanentFailure)
        {
            return new PartnerAnswer.Refused((int)exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (IsAway(exception) && !cancellationToken.IsCancellationRequested)
        {
            return new PartnerAnswer.Unreachable(exception is OperationCanceledException ? $"The mail server was silent for {timings.Whole.TotalSeconds:0.#} s" : exception.Message);
        }
    }

    private async Task<PartnerAnswer> SendAsync(string host, MimeMessage message, CancellationToken cancellationToken)
    {
        using var smtp = new ReportingSmtpClient();
        smtp.ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || !options.Value.RequireTls;
        await smtp.ConnectAsync(host, options.Value.Port, options.Value.RequireTls ? SecureSocketOptions.StartTls : SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
        if (options.Value.UserName is { } user)
            await smtp.AuthenticateAsync(user, options.Value.Password ?? "", cancellationToken);
        var reply = await smtp.SendAsync(message, cancellationToken);
        await LeaveAsync(smtp, cancellationToken);
        return PartnerAnswer.Of(new { reply });
    }

    /// <summary>The server has the mail: one that does not answer a farewell must not be sent it again.</summary>
    private async Task LeaveAsync(SmtpClient smtp, CancellationToken cancellationToken)
    {
        try
        {
            await smtp.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception exception) when (IsAway(exception))
        {
            logger.LogInformation("The mail server took the mail and not the farewell: {Reason}", exception.Message);
        }
    }

    private static bool IsAway(Exception exception) => exception is CommandException or ProtocolException or ServiceNotConnectedException or IOException
        or SocketException or SslHandshakeException or AuthenticationException or NotSupportedException or OperationCanceledException;
}
