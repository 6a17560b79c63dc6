using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using TongBan.Domain.Audit;
using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>
/// Sign-in through the city's provider: authorization code with PKCE. The provider says who somebody is and in which groups;
/// the settings say what a group may do and where. Nothing of the provider's tokens is kept.
/// </summary>
internal static class OidcSignIn
{
    public const string Path = "/session/provider";

    private const string Arrived = "/session/arrived";

    public static void AddOidc(this AuthenticationBuilder authentication, OidcOptions options)
    {
        if (!options.IsSet)
            return;
        authentication.AddOpenIdConnect(Schemes.Provider, oidc =>
        {
            oidc.Authority = options.Authority;
            oidc.ClientId = options.ClientId;
            oidc.ClientSecret = options.ClientSecret;
            oidc.SignInScheme = Schemes.Cookie;
            oidc.ResponseType = OpenIdConnectResponseType.Code;
            // The answer comes as a plain navigation, so that cookies need not be open to other sites.
            oidc.ResponseMode = OpenIdConnectResponseMode.Query;
            oidc.UsePkce = true;
            oidc.SaveTokens = false;
            oidc.MapInboundClaims = false;
            oidc.GetClaimsFromUserInfoEndpoint = false;
            oidc.RequireHttpsMetadata = options.Authority!.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
            oidc.Scope.Add("profile");
            oidc.CorrelationCookie.SameSite = oidc.NonceCookie.SameSite = SameSiteMode.Lax;
            oidc.CorrelationCookie.SecurePolicy = oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            oidc.Events.OnTicketReceived = ArriveAsync;
            oidc.Events.OnRemoteFailure = context =>
            {
                context.HandleResponse();
                context.Response.Redirect("/sign-in?provider=failed");
                return Task.CompletedTask;
            };
        });
    }

    public static void Map(WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<OidcOptions>>().Value.IsSet)
            return;
        app.MapGet(Path, (string? returnUrl) => Results.Challenge(
            new AuthenticationProperties { RedirectUri = SignIn.IsLocal(returnUrl) ? returnUrl : "/" }, [Schemes.Provider])).AllowAnonymous().ExcludeFromDescription();
        // The session's cookie is SameSite=Strict: a browser that came from the provider does not send it along the redirects,
        // so a page of ours, which needs no cookie, begins a navigation of its own.
        app.MapGet(Arrived, (string? returnUrl) => Results.Content(
            $"<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url={System.Text.Encodings.Web.HtmlEncoder.Default.Encode(SignIn.IsLocal(returnUrl) ? returnUrl! : "/")}\"><title>TongBan</title></html>",
            "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task ArriveAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var user = await FindAsync(context.Principal!, services);
        context.HandleResponse();
        if (user is null)
        {
            context.Response.Redirect("/sign-in?provider=refused");
            return;
        }

        await services.GetRequiredService<SessionDesk>().OpenPagesAsync(user, context.HttpContext);
        context.Response.Redirect($"{Arrived}?returnUrl={Uri.EscapeDataString(context.ReturnUri ?? "/")}");
    }

    /// <summary>The person, with role and place of the first group that the settings know; null when there is none.</summary>
    private static async Task<User?> FindAsync(ClaimsPrincipal principal, IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<OidcOptions>>().Value;
        var groups = principal.FindAll(options.GroupsClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        var group = options.Groups.FirstOrDefault(known => groups.Contains(known.Name!));
        var (subject, name) = (principal.FindFirstValue(Claims.UserName), principal.FindFirstValue(options.UserNameClaim));
        if (group is not null && subject is not null && name is not null)
        {
            var arriving = new User(name, principal.FindFirstValue(Claims.Name) ?? name, group.Role!.Value, group.Hall, group.Window, group.Authority, group.Head, group.Division);
            if (await services.GetRequiredService<UserStore>().ArriveAsync(options.Authority!, subject, arriving) is { } user)
                return user;
        }

        await services.GetRequiredService<AuditTrail>().AddAsync(Actor.System, "session.refused", $"provider/{subject ?? "unknown"}", "统一身份认证的用户没有可用的岗位");
        return null;
    }
}
