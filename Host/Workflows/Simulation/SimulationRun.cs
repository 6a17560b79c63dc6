using Elsa.Common.Models;
using Elsa.Runtime;
using Elsa.Workflows.Runtime;
using TongBan.Domain.Cases;
using TongBan.Workflows;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>
/// Lets a sample case go through its workflow: whoever is waited for answers, and when nobody is, time moves to the next timer or turn of a clock.
/// It ends when the case does, when nothing can go on, or after so many moves that it must be going in circles.
/// </summary>
internal sealed class SimulationRun(
    CaseWorkflows workflows, SimulatedPeople people, SimulatedPartners partners, InstanceTrail trail, SimulatedTimers timers, IEventPublisher events, CaseDesk desk)
{
    private const int MostMoves = 200;

    private static readonly string[] Parcels = ["TongBan.MailDocuments", "TongBan.DispatchCourier"];

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
            await timers.PassAsync(number, instance, SimulatedPeople.Handling, cancellation);
            if ((await desk.Tasks.FindAsync(task.Id))!.IsOpen) // A timer may have ended the wait meanwhile.
                await people.DoAsync(task, script, activities.GetValueOrDefault(task.Step), cancellation);
            return true;
        }

        if (await partners.ParcelAsync(number) is { } parcel)
        {
            await timers.PassAsync(number, instance, SimulatedPartners.Journey, cancellation);
            await partners.DeliverAsync(parcel, script, waiting.Find(step => Parcels.Contains(step.ActivityType, StringComparer.Ordinal))?.ActivityId, cancellation);
            return true;
        }

        if (await partners.ApprovalAsync(number, waiting) is { } asked && script.Peek(asked.ActivityId, "decide") != SimulationScript.Wait)
        {
            await timers.PassAsync(number, instance, SimulatedPartners.Thought, cancellation);
            await partners.SpeakAsync(number, asked, script, cancellation);
            return true;
        }

        if (await trail.EventsAsync(instance, cancellation) is [var name, ..])
        {
            await events.PublishAsync(name, workflowInstanceId: instance, cancellationToken: cancellation);
            return true;
        }

        return await timers.FireNextAsync(number, instance, DateTimeOffset.MaxValue, cancellation);
    }
}
