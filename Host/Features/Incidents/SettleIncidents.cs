using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Incidents;

/// <summary>Which incidents are settled, how and why.</summary>
internal sealed record SettleIncidentsRequest(IReadOnlyList<Guid>? Ids, string? Way, string? Reason);

/// <summary>What became of each.</summary>
internal sealed record SettledIncidents(int Settled, IReadOnlyList<NotSettled> NotSettled);

/// <summary>One that was not settled, and why.</summary>
internal sealed record NotSettled(Guid Id, string Code, string Message);

/// <summary>Settles many incidents at once; each by itself, so that one that refuses holds up no other.</summary>
internal sealed class SettleIncidents(IServiceScopeFactory scopes)
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/incidents/settle", async (SettleIncidents handler, SettleIncidentsRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.HandleAsync(request, user.ToActor(), cancellation)).Answer(Results.Ok))
            .WithSummary("Settle many at once: way=retry, skip or cancel");

    public async Task<Result<SettledIncidents>> HandleAsync(SettleIncidentsRequest request, Actor by, CancellationToken cancellation)
    {
        if (!SettleIncident.MayBeDoneBy(by))
            return new IncidentNotYours();
        if (request.Ids is not { Count: > 0 and <= Most } ids)
            return new FieldInvalid("ids", $"请选择 1 至 {Most} 条异常");
        if (!IncidentWay.All.Any(way => way.Code == request.Way))
            return new FieldInvalid("way", "处理方式为 retry、skip 或 cancel");
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 500)
            return new FieldInvalid("reason", "请填写处理理由，不超过 500 字");

        var refused = new List<NotSettled>();
        foreach (var id in ids.Distinct())
        {
            await using var scope = scopes.CreateAsyncScope();
            var settle = scope.ServiceProvider.GetRequiredService<SettleIncident>();
            if ((await settle.HandleAsync(id, request.Way!, request.Reason, by, cancellation)).IsRefused(out var refusal, out _))
                refused.Add(new(id, refusal.Code, refusal.Message));
        }

        return new SettledIncidents(ids.Distinct().Count() - refused.Count, refused);
    }
}
