using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Host.Partners;
using TongBan.Host.Workflows;

namespace TongBan.Host.Mail.Bounces;

/// <summary>Takes down what a mail of the bounce mailbox says: a mail that came back is shown as one that was refused at once.</summary>
internal sealed class NoteBounce(CaseTransaction transaction, CaseDesk desk, GivenUpCalls givenUp, BounceStore bounces)
{
    /// <summary>Takes it down once, whoever asks and however often.</summary>
    /// <param name="uid">What the mailbox calls the mail.</param>
    /// <param name="report">What it says; null for nothing about a mail of ours.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the mailbox needs the mail no more.</returns>
    public async Task<bool> HandleAsync(string uid, BounceReport? report, CancellationToken cancellationToken)
    {
        if (report is null || await desk.Outbox.FindAsync(report.Call) is not { Kind: PartnerKind.Mail } call)
        {
            await bounces.AddAsync(uid, call: null, report: null);
            return false;
        }

        // Whoever sends it has not written down yet that the server took it: the report is read again.
        if (call.State == PartnerCallState.Pending)
            return false;
        return await transaction.RunAsync(
            await desk.Cases.GetAsync(call.CaseNumber),
            async _ =>
            {
                // An erased mail has no recipient whom anybody could reach otherwise.
                if (await bounces.AddAsync(uid, call.Id, report.Key) && report.Failure is { } failure && CallWords.To(call) is not null)
                    await givenUp.AddAsync(call, PartnerCallState.Done, CallWords.Refused(call), CallWords.Masked(call, $"SMTP {failure.Status} {failure.Said}".TrimEnd()), CallWords.Masked(call, Told(failure)));
                return true;
            },
            cancellationToken);
    }

    private static string Told(BounceFailure failure) => $"{failure.Why}（{failure.Status}）{(failure.Said is { } said ? $"。服务器答复：{said}" : "")}";
}
