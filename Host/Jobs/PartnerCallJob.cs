using Hangfire;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.Partners;
using TongBan.Host.Workflows;
using TongBan.Workflows;

namespace TongBan.Host.Jobs;

/// <summary>Makes one attempt at a call of the outbox and writes down what came of it. The call's id is its idempotency key, so an attempt too many does no harm.</summary>
internal sealed class PartnerCallJob(
    CaseTransaction transaction, CaseDesk desk, CaseWorkflows workflows, PartnerCalls calls, PartnerTurns turns, GivenUpCalls givenUp, PartnerStore partners, PartnerTimings timings, ILogger<PartnerCallJob> logger)
{
    /// <summary>Longer than an attempt can take with its time-outs.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await desk.Outbox.ClaimAsync(id, timings.Whole + Lease) is not { } call)
            return;
        var (slot, wait) = await turns.TakeAsync(call);
        if (slot is null)
        {
            await desk.Outbox.PutBackAsync(id, wait);
            return;
        }

        using (slot)
        {
            // Checkpoint 1: a crash here means that nothing was sent; the call is handed out again when its lease ends.
            var answer = await calls.MakeAsync(call, cancellationToken);

            // Checkpoint 2: a crash here means that the partner may have it and we do not know; the next attempt carries the same key and gets the same answer.
            await partners.NoteAsync(call.Kind, call.Partner, FailureOf(answer));
            await TakeDownAsync(call, answer, cancellationToken);
        }
    }

    private static string? FailureOf(PartnerAnswer answer) => answer is PartnerAnswer.Unreachable unreachable ? unreachable.Reason : null;

    private async Task TakeDownAsync(PartnerCall call, PartnerAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case PartnerAnswer.Answered answered:
                var @case = await desk.Cases.GetAsync(call.CaseNumber);
                await transaction.RunAsync(@case, ct => TakeAsync(call, answered, @case, ct), cancellationToken);
                break;
            case PartnerAnswer.Refused refused:
                await GiveUpAsync(call, $"{(call.Kind == PartnerKind.Mail ? "SMTP" : "HTTP")} {refused.Status} {refused.Body}", CallWords.Refused(call), cancellationToken);
                break;
            case PartnerAnswer.Unreachable unreachable when call.Attempts >= timings.MostAttempts:
                await GiveUpAsync(call, unreachable.Reason, CallWords.Failed(call), cancellationToken);
                break;
            case PartnerAnswer.Unreachable unreachable:
                logger.LogInformation("Call {Call} to {Partner} failed at attempt {Attempt}: {Reason}", call.Id, call.Partner, call.Attempts, unreachable.Reason);
                await desk.Outbox.PostponeAsync(call.Id, unreachable.Reason, PauseAfter(call.Attempts, unreachable.RetryAfter ?? TimeSpan.Zero));
                break;
        }
    }

    /// <summary>Doubling, with jitter so that calls that failed together do not come back together; never before the partner wants to be asked.</summary>
    private TimeSpan PauseAfter(int attempts, TimeSpan atLeast)
    {
        var pause = timings.FirstPause * Math.Pow(2, Math.Min(attempts - 1, 20));
        pause = (pause < LongestPause ? pause : LongestPause) * (0.75 + (Random.Shared.NextDouble() / 2));
        return pause > atLeast ? pause : atLeast;
    }

    private async Task<bool> TakeAsync(PartnerCall call, PartnerAnswer.Answered answered, Case @case, CancellationToken cancellationToken)
    {
        // Another attempt may have brought the answer already; then there is nobody left to wake.
        if (!await desk.Outbox.AnswerAsync(call.Id, answered.Json))
            return false;
        await desk.Incidents.CloseAsync(Incident.OfCall, call.Id.ToString(), "合作方已答复");
        if (CallWords.Sent(call) is { } sent)
            await desk.Timeline.AddAsync(call.CaseNumber, Actor.System, "message", sent);
        await workflows.WakeAsync(@case, cancellationToken);
        return true;
    }

    private async Task GiveUpAsync(PartnerCall call, string error, string what, CancellationToken cancellationToken)
    {
        error = CallWords.Masked(call, error);
        await transaction.RunAsync(
            await desk.Cases.GetAsync(call.CaseNumber),
            _ => givenUp.AddAsync(call, PartnerCallState.Pending, what, error, call.Kind == PartnerKind.Mail ? error : null),
            cancellationToken);
    }
}
