using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Incidents;

/// <summary>What failed and waits for a person, or was settled; and the calls that still try by themselves.</summary>
internal sealed class ListIncidents(IncidentStore incidents, Outbox outbox)
{
    private const int Largest = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents", async (ListIncidents handler, ClaimsPrincipal user, string? state, string? source, int page = 0, int pageSize = 50) =>
            (await handler.HandleAsync(user.ToActor(), state != "settled", source, page, pageSize)).Answer(Results.Ok))
            .WithSummary("What failed: state=open (default) or settled; source=call, workflow, message or check");
        api.MapGet("/incidents/struggling", async (ListIncidents handler, ClaimsPrincipal user) =>
            (await handler.StrugglingAsync(user.ToActor())).Answer(Results.Ok))
            .WithSummary("Calls that failed so far and are tried again by themselves");
    }

    public async Task<Result<Page<IncidentLine>>> HandleAsync(Actor actor, bool open, string? source, int page, int pageSize) =>
        SettleIncident.MayBeDoneBy(actor) ? await incidents.PageAsync(open, source, Math.Max(0, page), Math.Clamp(pageSize, 1, Largest)) : new IncidentNotYours();

    public async Task<Result<Page<StrugglingCall>>> StrugglingAsync(Actor actor)
    {
        if (!SettleIncident.MayBeDoneBy(actor))
            return new IncidentNotYours();
        var calls = await outbox.StrugglingAsync(Largest);
        return new Page<StrugglingCall>(calls, calls.Count);
    }
}
