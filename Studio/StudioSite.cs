using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TongBan.Studio;

/// <summary>Elsa Studio under <see cref="Path"/>: a page of ours around the genuine custom elements, and the files of their package.</summary>
public static class StudioSite
{
    /// <summary>Where the site begins.</summary>
    public const string Path = "/studio";

    /// <summary>Its pages; the script of the page shows what the address names, without loading again.</summary>
    private static readonly string[] Pages = ["", "/definitions", "/definitions/{id}", "/instances", "/instances/{id}"];

    public static IServiceCollection AddStudio(this IServiceCollection services) => services.AddSingleton<StudioFiles>();

    /// <summary>Maps the pages and files. The host says who may see them, and answers <c>POST token</c> and <c>GET instances/{id}/case</c> in the group.</summary>
    public static RouteGroupBuilder MapStudio(this IEndpointRouteBuilder app)
    {
        var site = app.MapGroup(Path).ExcludeFromDescription();
        foreach (var page in Pages)
            site.MapGet(page, Show);
        StudioFiles.Map(site);
        return site;
    }

    private static RazorComponentResult<StudioPage> Show(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = StudioPage.ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return new();
    }
}
