using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Limits;

/// <summary>What the caller is reminded of: limits that end soon, are near, or have passed.</summary>
internal sealed class ListReminders(ReminderStore reminders)
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reminders", (ListReminders handler, ClaimsPrincipal user, int page = 0, int pageSize = 50) => handler.HandleAsync(user.ToActor(), page, pageSize))
            .WithSummary("What the caller is reminded of, newest first");
        api.MapPost("/reminders/{id:long}/seen", async (ListReminders handler, long id, ClaimsPrincipal user) =>
            (await handler.SeenAsync(id, user.ToActor())).Answer(_ => Results.NoContent()))
            .WithSummary("Take a reminder away, because it was seen");
    }

    public Task<Page<Reminder>> HandleAsync(Actor actor, int page, int pageSize) =>
        reminders.ListForAsync(actor, Math.Max(0, page), Math.Clamp(pageSize, 1, Most));

    public Task<Result<bool>> SeenAsync(long id, Actor actor) => reminders.SeenAsync(id, actor);
}
