using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.Features.Cases;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Host.Workflows;

namespace TongBan.Host.Features.Incidents;

/// <summary>Why it is settled so.</summary>
internal sealed record SettleIncidentRequest(string? Reason);

/// <summary>What a person does about something that failed: try again, go on without it, or call it off.</summary>
internal sealed class SettleIncident(CaseTransaction transaction, CaseAccess access, CaseDesk desk, IncidentRemedies remedies, AuditTrail audit)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var way in IncidentWay.All)
            api.MapPost($"/incidents/{{id:guid}}/{way.Code}", async (SettleIncident handler, Guid id, SettleIncidentRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
                (await handler.HandleAsync(id, way.Code, request.Reason, user.ToActor(), cancellation)).Answer(Results.Ok))
                .WithSummary("Settle what failed: " + way.Code);
    }

    /// <summary>Whether this person may settle incidents.</summary>
    public static bool MayBeDoneBy(Actor actor) => actor.May(Act.SettleIncident);

    public async Task<Result<Incident>> HandleAsync(Guid id, string code, string? reason, Actor by, CancellationToken cancellation)
    {
        var way = IncidentWay.Of(code);
        if (await desk.Incidents.FindAsync(id) is not { } incident)
            return new IncidentUnknown();
        Case? @case = null;
        if (incident.CaseNumber is { } number && (await access.FindAsync(number, by, Act.SettleIncident)).IsRefused(out var refusal, out @case))
            return refusal.Kind == RefusalKind.NotFound ? new IncidentUnknown() : refusal;
        if (incident.CaseNumber is null && !MayBeDoneBy(by))
            return new IncidentUnknown();
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return new FieldInvalid("reason", "请填写处理理由，不超过 500 字");

        return await transaction.RunAsync<Result<Incident>>(
            @case,
            async ct =>
            {
                if ((await desk.Incidents.FindAsync(id))?.State != Incident.Open)
                    return new IncidentSettled();
                if (await remedies.ObjectionAsync(incident, way, ct) is { } objection)
                    return objection;
                // Settled before the remedy: a step that fails again leaves a new incident.
                if (!await desk.Incidents.SettleAsync(id, way.State, reason.Trim(), by))
                    return new IncidentSettled();
                if (@case is not null)
                    await desk.Timeline.AddAsync(@case.Number, by, "incident", $"{way.What}“{incident.What}”", reason);
                else
                    await audit.AddAsync(by, "incident." + way.Code, $"incident/{id}", $"{way.What}“{incident.What}”", reason);
                await remedies.ApplyAsync(incident, way, @case, ct);
                return (await desk.Incidents.FindAsync(id))!;
            },
            cancellation);
    }
}

/// <summary>No such incident.</summary>
internal sealed record IncidentUnknown() : Refusal(RefusalKind.NotFound, "incident_unknown", "没有这条异常");

/// <summary>Somebody was faster.</summary>
internal sealed record IncidentSettled() : Refusal(RefusalKind.Conflict, "incident_settled", "这条异常已经处理过");

/// <summary>The caller's role does not settle incidents.</summary>
internal sealed record IncidentNotYours() : Refusal(RefusalKind.NotAllowed, "not_allowed", "只有管理员、督办人员和物流专员可以处理异常");
