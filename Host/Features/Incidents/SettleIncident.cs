using System.Security.Claims;
using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Workflows;

namespace TongBan.Host.Features.Incidents;

/// <summary>Why it is settled so.</summary>
internal sealed record SettleIncidentRequest(string? Reason);

/// <summary>What a person does about something that failed: try again, go on without it, or call it off.</summary>
internal sealed class SettleIncident(DatabaseSession session, CaseDesk desk, CaseWorkflows workflows)
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
        if (by.Role is not (Role.Administrator or Role.Supervisor or Role.Logistics))
            return new IncidentNotYours();
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return new FieldInvalid("reason", "请填写处理理由，不超过 500 字");
        if (await desk.Incidents.FindAsync(id) is not { } incident)
            return new IncidentUnknown();

        var settled = await session.InTransactionAsync(ct => SettleAsync(incident, Ways[way], reason.Trim(), by, ct), cancellation);
        return settled ? (await desk.Incidents.FindAsync(id))! : new IncidentSettled();
    }

    private async Task<bool> SettleAsync(Incident incident, (string State, PartnerCallState Call, string What) way, string reason, Actor by, CancellationToken cancellation)
    {
        if (!await desk.Incidents.SettleAsync(incident.Id, way.State, reason, by))
            return false;

        var @case = await desk.Cases.GetAsync(incident.CaseNumber);
        await desk.Timeline.AddAsync(@case.Number, by, "incident", $"{way.What}“{incident.What}”", reason);
        if (incident.Source == Incident.OfCall)
            await desk.Outbox.SettleAsync(Guid.Parse(incident.Reference), way.Call, null, PartnerCallState.Failed);
        if (way.Call != PartnerCallState.Pending)
            await workflows.WakeAsync(@case, cancellation);
        return true;
    }

    private sealed record IncidentUnknown() : Refusal(RefusalKind.NotFound, "incident_unknown", "没有这条异常");

    private sealed record IncidentSettled() : Refusal(RefusalKind.Conflict, "incident_settled", "这条异常已经处理过");

    private sealed record IncidentNotYours() : Refusal(RefusalKind.NotAllowed, "not_allowed", "只有管理员、督办人员和物流专员可以处理异常");
}
