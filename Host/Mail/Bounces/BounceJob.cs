using System.Net.Sockets;
using Hangfire;
using MailKit;
using MailKit.Net.Pop3;
using MailKit.Security;
using Microsoft.Extensions.Options;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Host.Partners;

namespace TongBan.Host.Mail.Bounces;

/// <summary>Reads the bounce mailbox. Reports about our mails are taken down and deleted; what else is in it stays for people.</summary>
internal sealed class BounceJob(
    IOptions<BounceOptions> options, BounceStore bounces, NoteBounce note, PartnerStore partners, PartnerTimings timings, TimeProvider time, ILogger<BounceJob> logger)
{
    /// <summary>The job's name at Hangfire.</summary>
    public const string Name = "bounces";

    /// <summary>A mail of more bytes is no report.</summary>
    private const int Largest = 20 * 1024 * 1024;

    /// <summary>The most mails in one run; the others are read by the next.</summary>
    private const int Handful = 200;

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsOn || await partners.FindAsync(PartnerKind.Mail, Messenger.Bounces) is { PausedAt: not null })
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string? failure = null;
        try
        {
            await ReadAsync(patience);
        }
        catch (Exception exception) when (IsAway(exception) && !cancellationToken.IsCancellationRequested)
        {
            failure = exception is OperationCanceledException ? $"The mailbox was silent for {timings.Whole.TotalSeconds:0.#} s" : exception.Message;
            logger.LogWarning("The bounce mailbox cannot be read, the next run tries again: {Reason}", failure);
        }

        await partners.NoteAsync(PartnerKind.Mail, Messenger.Bounces, failure);
    }

    private async Task ReadAsync(CancellationTokenSource patience)
    {
        patience.CancelAfter(timings.Whole);
        var cancellation = patience.Token;
        using var mailbox = new Pop3Client();
        // The start has seen that none of these is missing.
        await mailbox.ConnectAsync(options.Value.Host!, options.Value.EffectivePort, options.Value.Socket, cancellation);
        await mailbox.AuthenticateAsync(options.Value.UserName!, options.Value.Password!, cancellation);
        var uids = await mailbox.GetMessageUidsAsync(cancellation);
        var sizes = await mailbox.GetMessageSizesAsync(cancellation);
        var read = await bounces.ReadAsync(uids);
        var fresh = 0;
        foreach (var (index, uid) in uids.Index())
        {
            patience.CancelAfter(timings.Whole);
            if (!read.TryGetValue(uid, out var isDone))
            {
                if (++fresh > Handful)
                    continue;
                var report = sizes[index] > Largest ? null : BounceReport.Of(await BytesAsync(mailbox, index, cancellation));
                isDone = await note.HandleAsync(uid, report, cancellation);
            }

            // Checkpoint: a crash here, or before the farewell, leaves a mail that the next run knows and only deletes.
            if (isDone)
                await mailbox.DeleteMessageAsync(index, cancellation);
        }

        await mailbox.DisconnectAsync(quit: true, cancellation);
        await bounces.ForgetAsync(time.GetUtcNow() - Remembered, uids);
    }

    private static async Task<byte[]> BytesAsync(Pop3Client mailbox, int index, CancellationToken cancellation)
    {
        await using var stream = await mailbox.GetStreamAsync(index, headersOnly: false, cancellation);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellation);
        return copy.ToArray();
    }

    private static bool IsAway(Exception exception) => exception is CommandException or ProtocolException or ServiceNotConnectedException or IOException
        or SocketException or SslHandshakeException or AuthenticationException or NotSupportedException or OperationCanceledException;
}
