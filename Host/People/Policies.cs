using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using TongBan.Domain;
using TongBan.Host.People.Access;

namespace TongBan.Host.People;

/// <summary>Who may call what: every endpoint wants somebody who signed in unless it says otherwise.</summary>
internal static class Policies
{
    /// <summary>Wants a refresh token and takes nothing else.</summary>
    public const string Refresh = nameof(Refresh);

    /// <summary>Wants a role that may do this somewhere; in which case and where is asked again with the case.</summary>
    public static string For(Act act) => act.ToString();

    public static void AddPolicies(this IServiceCollection services) => services.AddAuthorization(options =>
    {
        var signedIn = new AuthorizationPolicyBuilder(Schemes.Automatic).RequireAuthenticatedUser().RequireClaim(Claims.Role).Build();
        options.DefaultPolicy = signedIn;
        options.FallbackPolicy = signedIn;
        foreach (var act in Enum.GetValues<Act>())
            options.AddPolicy(For(act), policy => policy.AddAuthenticationSchemes(Schemes.Automatic).RequireClaim(Claims.Role, AccessTable.RolesFor(act).Select(role => Codes.Of(role))));
        options.AddPolicy(Refresh, policy => policy.AddAuthenticationSchemes(Schemes.Refresh).RequireAuthenticatedUser());
    });
}

/// <summary>The ways to prove who one is.</summary>
internal static class Schemes
{
    /// <summary>The bearer token if the request has one or calls an API, else the pages' cookie.</summary>
    public const string Automatic = nameof(Automatic);

    public const string Bearer = JwtBearerDefaults.AuthenticationScheme;

    public const string Refresh = nameof(Refresh);

    /// <summary>The city's OpenID Connect provider.</summary>
    public const string Provider = nameof(Provider);

    public const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>A page that fetches from the API sends its cookie; it is SameSite=Strict, so no other site can make it do so.</summary>
    public static string Choose(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey("Authorization") || context.Request.Query.ContainsKey("access_token"))
            return Bearer;
        var hasCookie = context.Request.Cookies.ContainsKey(PeopleServices.CookieName);
        return IsApi(context.Request.Path) && !hasCookie ? Bearer : Cookie;
    }

    /// <summary>Whether a program calls, and not a browser that shows pages.</summary>
    public static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/elsa", StringComparison.Ordinal) || path.StartsWithSegments("/callbacks", StringComparison.Ordinal) || path.StartsWithSegments("/sandbox", StringComparison.Ordinal);
}
