using System.Security.Claims;
using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Calendars;

/// <summary>The hours of a hall for a week.</summary>
internal sealed record HallHoursRequest(IReadOnlyList<HallHour>? Hours);

/// <summary>Shows and sets when a hall serves; it says when a window serves, never how a limit counts.</summary>
internal sealed class KeepHallHours(DatabaseSession session, HallHours hours, PlaceStore places, AuditTrail audit)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/halls/{code}/hours", async (KeepHallHours handler, string code, CancellationToken cancellation) =>
            (await handler.ShowAsync(code, cancellation)).Answer(found => Results.Ok(found))).WithSummary("When a hall serves");
        api.MapPut("/halls/{code}/hours", async (KeepHallHours handler, string code, HallHoursRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.SetAsync(code, request.Hours ?? [], user.ToActor(), cancellation)).Answer(found => Results.Ok(found)))
            .RequireAuthorization(Policies.For(Act.KeepPlaces)).WithSummary("Set when a hall serves");
    }

    public async Task<Result<List<HallHour>>> ShowAsync(string code, CancellationToken cancellation)
    {
        if (await places.FindHallAsync(code, cancellation) is null)
            return new NoSuchHall(code);
        return (await hours.OfAsync(code, cancellation)).ToList();
    }

    public async Task<Result<List<HallHour>>> SetAsync(string code, IReadOnlyList<HallHour> week, Actor by, CancellationToken cancellation)
    {
        if (await places.FindHallAsync(code, cancellation) is not { } hall)
            return new NoSuchHall(code);
        var set = await session.InTransactionAsync(
            async ct =>
            {
                var result = await hours.SetAsync(code, week, ct);
                if (result.Refusal is null)
                    await audit.AddAsync(by, "hall.hours", $"hall/{code}", $"设置{hall.Name}服务时间");
                return result;
            },
            cancellation);
        return set.Refusal is { } refusal ? refusal : await ShowAsync(code, cancellation);
    }

    private sealed record NoSuchHall(string Hall) : Refusal(RefusalKind.NotFound, "hall_unknown", $"没有大厅 {Hall}", "hall");
}
