using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using TongBan.Domain.Audit;
using TongBan.Domain.People;
using TongBan.Host.Problems;

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
        ChangePassword.Map(app);
        OidcSignIn.Map(app);
    }

    /// <summary>Elsa's shape: a wrong password is a 200 that says so, bad JSON a 400 of Elsa's own form.</summary>
    private static async Task<IResult> LoginAsync(HttpContext context, CheckedSignIn signIn, SessionDesk desk)
    {
        Credentials? credentials;
        try
        {
            credentials = await context.Request.ReadFromJsonAsync<Credentials>();
        }
        catch (JsonException exception)
        {
            return BadRequest(exception.Message);
        }
        catch (InvalidOperationException)
        {
            return BadRequest("The content type must be application/json.");
        }

        if (await signIn.CheckAsync(context, credentials?.Username ?? "", credentials?.Password ?? "") is not { } check)
            return TooMany();
        if (check is { User: { } user, MustChange: false })
            return TypedResults.Ok(await desk.OpenTokensAsync(user, context));
        return check.User is null ? TypedResults.Ok(new { isAuthenticated = false }) : TypedResults.Ok(new { isAuthenticated = false, passwordChangeRequired = true });
    }

    private static async Task<IResult> RefreshAsync(ClaimsPrincipal principal, SessionDesk desk) =>
        await desk.RefreshAsync(principal) is { } issued ? TypedResults.Ok(issued) : TypedResults.Unauthorized();

    /// <summary>The sign-in page's form.</summary>
    private static async Task<IResult> OpenSessionAsync(HttpContext context, CheckedSignIn signIn, SessionDesk desk, [FromForm] string? username, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        var next = IsLocal(returnUrl) ? returnUrl! : "/";
        var again = $"returnUrl={Uri.EscapeDataString(next)}";
        if (await signIn.CheckAsync(context, username ?? "", password ?? "") is not { } check)
            return TypedResults.Redirect($"/sign-in?busy=true&{again}");
        if (check.User is not { } user)
            return TypedResults.Redirect($"/sign-in?failed=true&{again}");
        if (check.MustChange)
            return TypedResults.Redirect($"/change-password?user={Uri.EscapeDataString(user.UserName)}&{again}");
        await desk.OpenPagesAsync(user, context);
        return TypedResults.LocalRedirect(next);
    }

    private static async Task EndSessionAsync(HttpContext context, SessionDesk desk)
    {
        if (context.User.SessionId() is { } session)
            await desk.EndAsync(session, SessionEnd.SignedOut, context.User.ToActor());
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        context.Response.Redirect("/sign-in");
    }

    /// <summary>A path on this host: <c>//elsewhere</c> and <c>/\elsewhere</c> lead browsers away.</summary>
    public static bool IsLocal(string? url) => url is ['/'] or ['/', not '/' and not '\\', ..] && !url.Any(char.IsControl);

    /// <summary>Too many tries from one address.</summary>
    public static IResult TooMany() => Problem.Of(StatusCodes.Status429TooManyRequests, "too_many_requests", "登录尝试过于频繁，请一分钟后再试");

    private static IResult BadRequest(string problem) => TypedResults.Json(
        new { statusCode = 400, message = "One or more errors occurred!", errors = new { username = new[] { problem } } },
        contentType: "application/problem+json",
        statusCode: StatusCodes.Status400BadRequest);

    private sealed record Credentials(string? Username, string? Password);
}

/// <summary>A password checked, counted by address, and written down when it was wrong.</summary>
internal sealed class CheckedSignIn(UserStore users, SignInGuard guard, AuditTrail audit)
{
    private static readonly Actor Unknown = new("unknown", "未登录", Role.System);

    /// <summary>Null when there were too many tries.</summary>
    public async Task<PasswordCheck?> CheckAsync(HttpContext context, string userName, string password)
    {
        if (!guard.Allows(context))
            return null;
        var check = await users.CheckAsync(userName, password);
        if (check.User is not null)
            return check;
        guard.Failed(context);
        // Only names that exist: people type their password where the name belongs.
        var known = await users.FindAsync(userName);
        await audit.AddAsync(known?.ToActor() ?? Unknown, "session.refused", known is null ? "user/unknown" : $"user/{known.UserName}", "登录失败");
        return check;
    }
}
