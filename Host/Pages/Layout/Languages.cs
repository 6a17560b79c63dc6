using Microsoft.AspNetCore.Localization;
using TongBan.Host.People;

namespace TongBan.Host.Pages.Layout;

/// <summary>The languages of the pages, Chinese first, and the switch between them.</summary>
internal static class Languages
{
    public const string CookieName = "tongban.language";

    public static readonly string[] All = ["zh-CN", "en"];

    public static void MapLanguages(this IEndpointRouteBuilder app) =>
        app.MapGet("/language/{language}", (string language, string? returnUrl, HttpResponse response, TimeProvider time) =>
        {
            if (!All.Contains(language, StringComparer.Ordinal))
                return Results.NotFound();
            response.Cookies.Append(
                CookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                new CookieOptions { Expires = time.GetUtcNow().AddYears(1), SameSite = SameSiteMode.Lax, IsEssential = true });
            return Results.LocalRedirect(SignIn.IsLocal(returnUrl) ? returnUrl! : "/");
        }).AllowAnonymous().ExcludeFromDescription();
}
