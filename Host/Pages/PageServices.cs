using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Localization;
using MudBlazor.Services;
using TongBan.Host.Pages.Counter;
using TongBan.Host.Pages.Layout;
using TongBan.Host.Pages.Session;

namespace TongBan.Host.Pages;

/// <summary>Registers the pages, their texts and their static files.</summary>
internal static class PageServices
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Languages.All[0]).AddSupportedCultures(Languages.All).AddSupportedUICultures(Languages.All);
            // Chinese until somebody chooses: a browser's own language says little at a counter.
            options.RequestCultureProviders = [new CookieRequestCultureProvider { Options = options, CookieName = Languages.CookieName }];
        });
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddMudServices();
        services.AddScoped<Work>();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddScoped<JustOpened>();
    }

    /// <summary>Shows a page where a person, not a program, asked for an address that does not exist; before routing.</summary>
    public static void UseNotFoundPage(this WebApplication app) =>
        app.UseWhen(IsNavigation, branch => branch.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));

    /// <summary>What pages need before their endpoints; after authorization.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseAntiforgery();
    }

    private static bool IsNavigation(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !context.Request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase);

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapLanguages();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
