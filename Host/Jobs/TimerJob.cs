using Elsa.Runtime;
using Hangfire;

namespace TongBan.Host.Jobs;

/// <summary>Fires timers of workflows, and recovers stimuli that a killed host left undelivered.</summary>
internal sealed class TimerJob(TimerQueue timers, StimulusSweep sweep)
{
    /// <summary>As many timers are out at once, over all hosts: late ones after an outage fire in order and leave room for other work.</summary>
    public const int Handful = 200;

    /// <summary>Timers of one job: a job of its own for each would cost more than the firing. What a killed host held of them is late by the lease.</summary>
    public const int Batch = 10;

    private const int SweepSize = 500;

    /// <summary>How long a timer that was handed over is not handed over again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Fires them in their order, each in a transaction of its own, unless it was fired already or has gone with what it belonged to. The
    /// claim in the burst decides, so a job too many does nothing; one that fails does not hold up the others.
    /// </summary>
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [1, 5, 15, 30, 60])]
    public async Task FireAsync(string[] ids, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var id in ids)
        {
            try
            {
                await timers.FireAsync(id, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    [AutomaticRetry(Attempts = 0)]
    public Task SweepAsync(CancellationToken cancellationToken) => sweep.RunAsync(SweepSize, cancellationToken);
}
