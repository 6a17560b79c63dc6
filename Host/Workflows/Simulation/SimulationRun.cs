using Elsa.Common.Models;
using Elsa.Runtime;
using Elsa.Workflows.Runtime;
using TongBan.Domain.Cases;
using TongBan.Workflows;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>
/// Lets a sample case go through its workflow: whoever is waited for answers, and when nobody is, the clock moves to the next timer.
/// It ends when the case does, when nothing can go on, or after so many moves that it must be going in circles.
/// </summary>
internal sealed class SimulationRun(
    CaseWorkflows workflows, SimulatedPeople people, SimulatedPartners partners, InstanceTrail trail, TimerQueue timers, IEventPublisher events, CaseDesk desk, TimeProvider time)
{
    private const int MostMoves = 200;

    private static readonly string[] Parcels = ["TongBan.MailDocuments", "TongBan.DispatchCourier"];

    private readonly VirtualTime _time = (VirtualTime)time;

    /// <summary>Runs the latest version of the case's definition.</summary>
    /// <returns>The instance, its steps, and whether it was cut off.</returns>
    public async Task<(string InstanceId, IReadOnlyList<TrailStep> Steps, bool IsCut)> RunAsync(Case @case, SimulationScript script, CancellationToken cancellation)
    {
        var instance = await workflows.StartAsync(@case, VersionOptions.Latest, cancellation);
        await desk.Cases.AttachInstanceAsync(@case.Number, instance);
        // Rows know the instance from here on, so that a wake finds it.
        @case = await desk.Cases.GetAsync(@case.Number);
        for (var move = 0; move < MostMoves; move++)
        {
            var steps = await trail.ReadAsync(instance, cancellation);
            if (!steps.Any(step => step.IsWaiting) || !await GoOnAsync(@case.Number, instance, steps, script, cancellation))
                return (instance, steps, IsCut: false);
        }

        return (instance, await trail.ReadAsync(instance, cancellation), IsCut: true);
    }

    /// <summary>Lets one of those who are waited for answer.</summary>
    /// <returns>False when nobody can.</returns>
    private async Task<bool> GoOnAsync(string number, string instance, IReadOnlyList<TrailStep> steps, SimulationScript script, CancellationToken cancellation)
    {
        var activities = steps.ToDictionary(step => step.ExecutionId, step => step.ActivityId, StringComparer.Ordinal);
        var waiting = steps.Where(step => step.IsWaiting).ToList();
        if (await partners.AnswerAsync(number, script, activities.GetValueOrDefault, cancellation))
            return true;
        if (script.Peek(null, SimulationScript.Withdraw) == (await desk.Cases.GetAsync(number)).State.Code() && script.Take(null, SimulationScript.Withdraw) is not null
            && await people.WithdrawAsync(number, cancellation))
            return true;
        if (await people.NextAsync(number, script, activities.GetValueOrDefault) is { } task)
        {
            await PassAsync(instance, SimulatedPeople.Handling, cancellation);
            if ((await desk.Tasks.FindAsync(task.Id))!.IsOpen) // A timer may have ended the wait meanwhile.
                await people.DoAsync(task, script, activities.GetValueOrDefault(task.Step), cancellation);
            return true;
        }

        if (await partners.ParcelAsync(number) is { } parcel)
        {
            await PassAsync(instance, SimulatedPartners.Journey, cancellation);
            await partners.DeliverAsync(parcel, script, waiting.Find(step => Parcels.Contains(step.ActivityType, StringComparer.Ordinal))?.ActivityId, cancellation);
            return true;
        }

        if (await partners.ApprovalAsync(number, waiting) is { } asked && script.Peek(asked.ActivityId, "decide") != SimulationScript.Wait)
        {
            await PassAsync(instance, SimulatedPartners.Thought, cancellation);
            await partners.SpeakAsync(number, asked, script, cancellation);
            return true;
        }

        if (await trail.EventsAsync(instance, cancellation) is [var name, ..])
        {
            await events.PublishAsync(name, workflowInstanceId: instance, cancellationToken: cancellation);
            return true;
        }

        return await trail.NextTimerAsync(instance, cancellation) is { } timer && await FireAsync(timer, cancellation);
    }

    /// <summary>Lets time pass, and what falls due meanwhile happen.</summary>
    private async Task PassAsync(string instance, TimeSpan span, CancellationToken cancellation)
    {
        var until = _time.GetUtcNow() + span;
        while (await trail.NextTimerAsync(instance, cancellation) is { } timer && timer.DueAt <= until && await FireAsync(timer, cancellation))
        {
            // The next one may be due in the same span.
        }

        _time.MoveTo(until);
    }

    private Task<bool> FireAsync(DueTimer timer, CancellationToken cancellation)
    {
        _time.MoveTo(timer.DueAt);
        return timers.FireAsync(timer.Id, cancellation);
    }
}
