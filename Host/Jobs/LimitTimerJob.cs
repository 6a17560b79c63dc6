using Hangfire;
using TongBan.Domain.Cases;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Workflows;
using TongBan.Workflows;

namespace TongBan.Host.Jobs;

/// <summary>Tells people of a clock that turned; the claim in the transaction decides, so a job too many tells nobody twice.</summary>
internal sealed class LimitTimerJob(CaseTransaction transaction, LimitTimers timers, LimitNotices notices, CaseStore cases, CaseWorkflows workflows, ILogger<LimitTimerJob> logger)
{
    /// <summary>As many are handed over at once, over all hosts: a midnight at which thousands turn is spread out.</summary>
    public const int Handful = 200;

    /// <summary>How long a clock that was handed over is not handed over again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan InTime = TimeSpan.FromMinutes(1);

    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [1, 5, 15])]
    public async Task TurnAsync(long clock, CancellationToken cancellationToken)
    {
        if (await timers.CaseOfAsync(clock, cancellationToken) is not { } number || await cases.FindAsync(number) is not { } @case)
            return;

        // Checkpoint: a crash before the commit leaves the timer as it was; it is handed out again when the lease ends.
        var turned = await transaction.RunAsync(
            @case,
            async ct =>
            {
                if (await timers.ClaimAsync(clock, ct) is not { } turn)
                    return null;
                if (await notices.TellAsync(turn))
                    await workflows.WakeAsync(@case, ct);
                return turn;
            },
            cancellationToken);
        if (turned is { Late: var late } && late > InTime)
            logger.LogWarning("The {Kind} limit of case {Case} turned {Sign} {Late} ago: no host was there to tell", turned.Kind, turned.CaseNumber, turned.Sign, late);
    }
}
