using Elsa.Runtime;
using TongBan.Domain.Cases;
using TongBan.Domain.TimeLimits;
using TongBan.Workflows;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>What happens because time passes: timers of the workflow, and the turns of the case's clocks with what they lead to.</summary>
internal sealed class SimulatedTimers(InstanceTrail trail, TimerQueue timers, LimitTimers clocks, LimitNotices notices, CaseStore cases, CaseWorkflows workflows, TimeProvider time)
{
    private readonly VirtualTime _time = (VirtualTime)time;

    /// <summary>Lets time pass, and what falls due meanwhile happen.</summary>
    public async Task PassAsync(string number, string instance, TimeSpan span, CancellationToken cancellation)
    {
        var until = _time.GetUtcNow() + span;
        while (await FireNextAsync(number, instance, until, cancellation))
        {
            // The next one may be due in the same span.
        }

        _time.MoveTo(until);
    }

    /// <summary>Moves to what is due next, if it is due until then, and lets it happen.</summary>
    /// <returns>False when nothing is.</returns>
    public async Task<bool> FireNextAsync(string number, string instance, DateTimeOffset until, CancellationToken cancellation)
    {
        var timer = await trail.NextTimerAsync(instance, cancellation);
        var clock = await clocks.NextOfAsync(number, cancellation);
        if (clock is { } turn && turn.At <= until && (timer is null || turn.At < timer.DueAt))
            return await TurnAsync(number, turn, cancellation);
        if (timer is null || timer.DueAt > until)
            return false;
        _time.MoveTo(timer.DueAt);
        return await timers.FireAsync(timer.Id, cancellation);
    }

    private async Task<bool> TurnAsync(string number, (long Clock, DateTimeOffset At) due, CancellationToken cancellation)
    {
        _time.MoveTo(due.At);
        if (await clocks.ClaimAsync(due.Clock, cancellation) is not { } turn)
            return false;
        if (await notices.TellAsync(turn))
            await workflows.WakeAsync(await cases.GetAsync(number), cancellation);
        return true;
    }
}
