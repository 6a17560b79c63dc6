using Elsa.Runtime;
using Hangfire;

namespace TongBan.Host.Jobs;

/// <summary>Fires a timer of a workflow, and recovers stimuli that a killed host left undelivered.</summary>
internal sealed class TimerJob(TimerQueue timers, StimulusSweep sweep)
{
    private const int SweepSize = 500;

    /// <summary>How long a timer that was handed over is not handed over again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Fires it, unless it was fired already or has gone with what it belonged to. The claim in the burst decides, so a job too many does nothing.</summary>
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [1, 5, 15, 30, 60])]
    public Task FireAsync(string id, CancellationToken cancellationToken) => timers.FireAsync(id, cancellationToken);

    [AutomaticRetry(Attempts = 0)]
    public Task SweepAsync(CancellationToken cancellationToken) => sweep.RunAsync(SweepSize, cancellationToken);
}
