using Microsoft.AspNetCore.Localization;
using MudBlazor.Services;
using TongBan.Host.Pages.Counter;
using TongBan.Host.Pages.Layout;

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
        services.AddSingleton<Work>();
        services.AddScoped<JustOpened>();
    }

    /// <summary>What pages need before their endpoints; after authorization.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseAntiforgery();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapLanguages();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
