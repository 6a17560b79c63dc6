using Elsa.Persistence;
using Elsa.Runtime;
using Hangfire;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Host.Partners;
using TongBan.Host.Workflows;
using TongBan.Workflows;

namespace TongBan.Host.Features.Incidents;

/// <summary>What settling an incident sets going, by where it came from.</summary>
internal sealed class IncidentRemedies(
    CaseDesk desk, CaseWorkflows workflows, IncidentRecovery recovery, PartnerMessageStore messages, DatabaseSession session, IBackgroundJobClient jobs)
{
    /// <summary>Why it cannot be settled this way, or null. A workflow step that has one way out is skipped here already.</summary>
    public async Task<Refusal?> ObjectionAsync(Incident incident, IncidentWay way, CancellationToken cancellation)
    {
        if (incident.Source != Incident.OfWorkflow)
            return null;
        if (way == IncidentWay.Cancel)
            return new StepNotCancellable();
        var step = StepReference.Parse(incident.Reference);
        return way == IncidentWay.Skip && !await recovery.SkipAsync(step.InstanceId, step.ActivityInstanceId, cancellation) ? new StepHasAChoice() : null;
    }

    /// <summary>Does what the way means for the incident's source.</summary>
    public Task ApplyAsync(Incident incident, IncidentWay way, Case? @case, CancellationToken cancellation) => incident.Source switch
    {
        Incident.OfCall => OfCallAsync(incident, way, @case!, cancellation),
        Incident.OfWorkflow when way == IncidentWay.Retry => OfStepAsync(incident, cancellation),
        Incident.OfMessage when way == IncidentWay.Retry => OfMessageAsync(Guid.Parse(incident.Reference)),
        // The case's steps look again at what they wait for; what still disagrees is found by the next check.
        Incident.OfCheck when way == IncidentWay.Retry && @case is not null => workflows.WakeAsync(@case, cancellation),
        _ => Task.CompletedTask,
    };

    private async Task OfCallAsync(Incident incident, IncidentWay way, Case @case, CancellationToken cancellation)
    {
        await desk.Outbox.SettleAsync(Guid.Parse(incident.Reference), way.Call, null, PartnerCallState.Failed);
        if (way != IncidentWay.Retry)
            await workflows.WakeAsync(@case, cancellation);
    }

    private async Task OfStepAsync(Incident incident, CancellationToken cancellation)
    {
        var step = StepReference.Parse(incident.Reference);
        await recovery.RetryAsync(step.InstanceId, step.ActivityInstanceId, cancellation);
    }

    private async Task OfMessageAsync(Guid id)
    {
        await messages.TakeUpAsync(id);
        // Enqueued once it is committed; the sweep finds it if a crash comes between.
        session.AfterCommit(_ =>
        {
            jobs.Enqueue<PartnerMessageJob>(job => job.ApplyAsync(id, 0, CancellationToken.None));
            return Task.CompletedTask;
        });
    }

    private sealed record StepHasAChoice() : Refusal(RefusalKind.Conflict, "step_has_a_choice", "这一步骤有多个出口，系统不能代为选择；请排除原因后重试");

    private sealed record StepNotCancellable() : Refusal(RefusalKind.Conflict, "step_not_cancellable", "流程步骤只能重试或跳过；要终止办件，请办理撤件");
}
