using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.Cookies;
using TongBan.Host.Problems;

namespace TongBan.Host.Web;

/// <summary>What every answer tells browsers, and the one question that every change from a browser is asked.</summary>
internal static class SecurityHeaders
{
    /// <summary>For whatever is no page: nothing in it is to run, to load or to be framed.</summary>
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Hangfire's dashboard and the API reference write scripts into their pages and know no nonce; both load from this host alone.</summary>
    private const string Foreign =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const int NonceBytes = 16;

    /// <summary>Outside of Development, browsers that came by https come by https from then on.</summary>
    public static void AddSecurityHeaders(this WebApplicationBuilder builder)
    {
        builder.Services.AddHsts(options => (options.MaxAge, options.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        builder.Services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
    }

    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            app.UseHsts();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()";
            headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/hangfire", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase)
                ? Foreign
                : Nothing;
            return next(context);
        });
    }

    /// <summary>
    /// Refuses a change that carries the session's cookie and that a page of another origin made. SameSite=Strict keeps other
    /// sites out; this keeps out what is of the same site but not of this host.
    /// </summary>
    public static void UseSameOrigin(this WebApplication app) => app.Use((context, next) =>
        IsChange(context.Request) && context.User.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme && IsForeign(context.Request)
            ? Problem.Of(StatusCodes.Status403Forbidden, "other_origin", "请求来自其他网站，已拒绝").ExecuteAsync(context)
            : next(context));

    /// <summary>For one page: its own scripts carry it, and nothing else runs.</summary>
    public static string NewNonce() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));

    /// <summary>
    /// A page's policy. Scripts run by the nonce, or because one that has it loads them. Styles may stand in the page: the
    /// component library sets them on elements.
    /// </summary>
    public static string ForPage(string nonce) =>
        $"default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static bool IsChange(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
