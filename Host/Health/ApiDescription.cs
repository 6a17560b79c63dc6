using Scalar.AspNetCore;

namespace TongBan.Host.Health;

/// <summary>The API described for programs (<c>/openapi/v1.json</c>) and for people (<c>/docs</c>).</summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(options =>
    {
        options.ShouldInclude = operation => operation.RelativePath?.StartsWith("hangfire", StringComparison.Ordinal) != true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "TongBan 通办";
            document.Info.Description = "Sign in with POST /elsa/api/identity/login and send the access token as a bearer token.";
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs", options => (options.Title, options.DefaultFonts) = ("TongBan API", false)).AllowAnonymous();
    }
}
