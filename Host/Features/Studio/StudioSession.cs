using System.Security.Claims;
using TongBan.Domain.People;
using TongBan.Host.People;

namespace TongBan.Host.Features.Studio;

/// <summary>The page's session as a bearer token for Elsa's API, again and again: Studio itself never signs in and never renews.</summary>
internal static class StudioSession
{
    public static void Map(IEndpointRouteBuilder studio) => studio.MapPost("/token", IssueAsync);

    /// <summary>What the person may do is read anew: who is no administrator any more gets no token of one.</summary>
    private static async Task<IResult> IssueAsync(HttpResponse response, ClaimsPrincipal principal, UserStore users, Tokens tokens)
    {
        if (await users.FindAsync(principal.ToActor().UserName) is not { Role: Role.Administrator } user || principal.SessionId() is not { } session)
            return TypedResults.Forbid();
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new { accessToken = tokens.IssueAccess(user, session), expiresIn = (int)tokens.AccessLifetime.TotalSeconds });
    }
}
