using System.Security.Claims;
using Elsa.Runtime;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.Features.Cases;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Host.Workflows;
using TongBan.Workflows;

namespace TongBan.Host.Features.Incidents;

/// <summary>Why it is settled so.</summary>
internal sealed record SettleIncidentRequest(string? Reason);

/// <summary>What a person does about something that failed: try again, go on without it, or call it off.</summary>
internal sealed class SettleIncident(CaseTransaction transaction, CaseAccess access, CaseDesk desk, CaseWorkflows workflows, IncidentRecovery recovery)
{
    private static readonly Dictionary<string, (string State, PartnerCallState Call, string What)> Ways = new(StringComparer.Ordinal)
    {
        ["retry"] = ("retried", PartnerCallState.Pending, "重试"),
        ["skip"] = ("skipped", PartnerCallState.Skipped, "跳过"),
        ["cancel"] = ("cancelled", PartnerCallState.Cancelled, "取消"),
    };

    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var way in Ways.Keys)
            api.MapPost($"/incidents/{{id:guid}}/{way}", async (SettleIncident handler, Guid id, SettleIncidentRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
                (await handler.HandleAsync(id, way, request.Reason, user.ToActor(), cancellation)).Answer(Results.Ok))
                .WithSummary("Settle what failed: " + way);
    }

    public async Task<Result<Incident>> HandleAsync(Guid id, string way, string? reason, Actor by, CancellationToken cancellation)
    {
        if (await desk.Incidents.FindAsync(id) is not { } incident)
            return new IncidentUnknown();
        if ((await access.FindAsync(incident.CaseNumber, by, Act.SettleIncident)).IsRefused(out var refusal, out var @case))
            return refusal.Kind == RefusalKind.NotFound ? new IncidentUnknown() : refusal;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return new FieldInvalid("reason", "请填写处理理由，不超过 500 字");

        if (incident.Source == Incident.OfWorkflow && way == "cancel")
            return new StepNotCancellable();

        return await transaction.RunAsync<Result<Incident>>(
            @case,
            async ct =>
            {
                if ((await desk.Incidents.FindAsync(id))?.State != Incident.Open)
                    return new IncidentSettled();
                var step = incident.Source == Incident.OfWorkflow ? StepReference.Parse(incident.Reference) : null;
                if (way == "skip" && step is not null && !await recovery.SkipAsync(step.InstanceId, step.ActivityInstanceId, ct))
                    return new StepHasAChoice();
                // Settled before the retry: a step that fails again leaves a new incident.
                await desk.Incidents.SettleAsync(id, Ways[way].State, reason.Trim(), by);
                await desk.Timeline.AddAsync(@case.Number, by, "incident", $"{Ways[way].What}“{incident.What}”", reason);
                if (step is null)
                    await SettleCallAsync(incident, way, @case, ct);
                else if (way == "retry")
                    await recovery.RetryAsync(step.InstanceId, step.ActivityInstanceId, ct);
                return (await desk.Incidents.FindAsync(id))!;
            },
            cancellation);
    }

    private async Task SettleCallAsync(Incident incident, string way, Case @case, CancellationToken cancellation)
    {
        await desk.Outbox.SettleAsync(Guid.Parse(incident.Reference), Ways[way].Call, null, PartnerCallState.Failed);
        if (Ways[way].Call != PartnerCallState.Pending)
            await workflows.WakeAsync(@case, cancellation);
    }

    private sealed record IncidentUnknown() : Refusal(RefusalKind.NotFound, "incident_unknown", "没有这条异常");

    private sealed record IncidentSettled() : Refusal(RefusalKind.Conflict, "incident_settled", "这条异常已经处理过");

    private sealed record StepHasAChoice() : Refusal(RefusalKind.Conflict, "step_has_a_choice", "这一步骤有多个出口，系统不能代为选择；请排除原因后重试");

    private sealed record StepNotCancellable() : Refusal(RefusalKind.Conflict, "step_not_cancellable", "流程步骤只能重试或跳过；要终止办件，请办理撤件");
}
