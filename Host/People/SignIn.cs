using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>Signing in: Elsa's contract for scripts and Studio, and a cookie for the pages.</summary>
internal static class SignIn
{
    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/elsa/api/identity/login", LoginAsync).AllowAnonymous().WithTags("Sign-in");
        app.MapPost("/elsa/api/identity/refresh-token", RefreshAsync).RequireAuthorization(Policies.Refresh).WithTags("Sign-in");
        app.MapPost("/session", OpenSessionAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/session/end", EndSessionAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
    }

    /// <summary>Elsa's shape: a wrong password is a 200 that says so, bad JSON a 400 of Elsa's own form.</summary>
    private static async Task<IResult> LoginAsync(HttpRequest request, UserStore users, Tokens tokens)
    {
        Credentials? credentials;
        try
        {
            credentials = await request.ReadFromJsonAsync<Credentials>();
        }
        catch (JsonException exception)
        {
            return BadRequest(exception.Message);
        }
        catch (InvalidOperationException)
        {
            return BadRequest("The content type must be application/json.");
        }

        var user = await users.CheckAsync(credentials?.Username ?? "", credentials?.Password ?? "");
        return user is null ? TypedResults.Ok(new { isAuthenticated = false }) : Issue(user, tokens);
    }

    private static async Task<IResult> RefreshAsync(ClaimsPrincipal principal, UserStore users, Tokens tokens) =>
        await users.FindAsync(principal.FindFirstValue(Claims.UserName)!) is { } user ? Issue(user, tokens) : TypedResults.Unauthorized();

    /// <summary>The sign-in page's form.</summary>
    private static async Task<IResult> OpenSessionAsync(HttpContext context, UserStore users, [FromForm] string? username, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        var next = IsLocal(returnUrl) ? returnUrl! : "/";
        if (await users.CheckAsync(username ?? "", password ?? "") is not { } user)
            return TypedResults.Redirect($"/sign-in?failed=true&returnUrl={Uri.EscapeDataString(next)}");
        var identity = new ClaimsIdentity(Claims.Of(user), CookieAuthenticationDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
        return TypedResults.Redirect(next);
    }

    private static async Task EndSessionAsync(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        context.Response.Redirect("/sign-in");
    }

    /// <summary>A path on this host: <c>//elsewhere</c> and <c>/\elsewhere</c> lead browsers away.</summary>
    public static bool IsLocal(string? url) => url is ['/'] or ['/', not '/' and not '\\', ..];

    private static IResult Issue(User user, Tokens tokens) =>
        TypedResults.Ok(new { isAuthenticated = true, accessToken = tokens.IssueAccess(user), refreshToken = tokens.IssueRefresh(user) });

    private static IResult BadRequest(string problem) => TypedResults.Json(
        new { statusCode = 400, message = "One or more errors occurred!", errors = new { username = new[] { problem } } },
        contentType: "application/problem+json",
        statusCode: StatusCodes.Status400BadRequest);

    private sealed record Credentials(string? Username, string? Password);
}
