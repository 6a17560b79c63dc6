using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.People;

/// <summary>How many sessions were ended.</summary>
internal sealed record EndedSessions(int Ended);

/// <summary>Gives a person another role or place, and ends the person's sessions: what they could do before ends with them.</summary>
internal sealed class ChangeUser(UserStore users, UserRules rules, SessionDesk sessions, AuditTrail audit)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/users/{userName}").RequireAuthorization(Policies.For(Act.KeepUsers));
        group.MapPut("", async (ChangeUser handler, string userName, UserDetails details, ClaimsPrincipal user) =>
            (await handler.HandleAsync(userName, details, user.ToActor())).Answer(_ => Results.NoContent())).WithSummary("Change a local user's name, role and place; the user's sessions end");
        group.MapDelete("/sessions", async (ChangeUser handler, string userName, ClaimsPrincipal user) =>
            (await handler.EndSessionsAsync(userName, user.ToActor())).Answer(Results.Ok)).WithSummary("End all sessions of a user");
    }

    public async Task<Result<bool>> HandleAsync(string userName, UserDetails details, Actor by)
    {
        if (await rules.CheckAsync(details) is { } problem)
            return problem;
        if (userName == by.UserName && details.Role != by.Role)
            return new FieldInvalid("role", "不能更改自己的岗位");
        var user = details.ToUser(userName);
        if (!await users.ChangeAsync(user))
            return new UserUnknown();
        await audit.AddAsync(by, "user.change", $"user/{userName}", $"改为岗位 {Codes.Of(user.Role)}，{user.Hall ?? user.Authority ?? user.Division ?? "全市"}");
        if (userName != by.UserName)
            await sessions.EndAllAsync(userName, SessionEnd.Revoked, by);
        return true;
    }

    public async Task<Result<EndedSessions>> EndSessionsAsync(string userName, Actor by) =>
        await users.FindAsync(userName) is null ? new UserUnknown() : new EndedSessions(await sessions.EndAllAsync(userName, SessionEnd.Revoked, by));
}
