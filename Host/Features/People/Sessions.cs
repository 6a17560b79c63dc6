using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.People;

/// <summary>A session in a list.</summary>
/// <param name="Current">Whether it is the one that asks.</param>
internal sealed record SessionView(Guid Id, string UserName, SessionKind Kind, DateTimeOffset OpenedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, string? Address, string? Agent, bool Current);

/// <summary>No session of this id is open, or it is not the caller's to see.</summary>
internal sealed record SessionUnknown() : Refusal(RefusalKind.NotFound, "session_unknown", "没有这个会话，或已经结束");

/// <summary>Sessions listed and ended: everybody's own, and all of them by those who may.</summary>
internal sealed class Sessions(SessionStore sessions, SessionDesk desk)
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions", (Sessions handler, ClaimsPrincipal user, bool all = false, int page = 0, int pageSize = 50) =>
            handler.ListAsync(user.ToActor(), user.SessionId(), all, page, pageSize)).WithSummary("The caller's open sessions; everybody's with all=true, for administrators");
        api.MapDelete("/sessions/{id:guid}", async (Sessions handler, Guid id, ClaimsPrincipal user) =>
            (await handler.EndAsync(id, user.ToActor())).Answer(_ => Results.NoContent())).WithSummary("End a session: its cookie and tokens are good no more");
    }

    /// <summary>Open sessions; those of others only for those who may end them.</summary>
    public async Task<Page<SessionView>> ListAsync(Actor by, Guid? own, bool all, int page, int pageSize)
    {
        var whose = all && AccessTable.AllowsAnywhere(Act.EndSessions, by.Role) ? null : by.UserName;
        var open = await sessions.ListAsync(whose, Math.Max(0, page), Math.Clamp(pageSize, 1, Most));
        return new([.. open.Items.Select(one => new SessionView(one.Id, one.UserName, one.Kind, one.OpenedAt, one.SeenAt, one.ExpiresAt, one.Address, one.Agent, one.Id == own))], open.Total);
    }

    /// <summary>Ends one.</summary>
    public async Task<Result<bool>> EndAsync(Guid id, Actor by) =>
        await sessions.FindAsync(id) is { } session && (session.UserName == by.UserName || AccessTable.AllowsAnywhere(Act.EndSessions, by.Role))
        && await desk.EndAsync(id, SessionEnd.Revoked, by)
            ? true
            : new SessionUnknown();
}
