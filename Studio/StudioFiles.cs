using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace TongBan.Studio;

/// <summary>The files of the npm packages, in the compressed form that the package ships where the browser takes it.</summary>
internal sealed partial class StudioFiles
{
    private const string Elsa = "@elsa-workflows/elsa-studio-wasm";
    private const string Roboto = "@fontsource/roboto";

    private static readonly (string Coding, string Extension)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    private readonly FileExtensionContentTypeProvider _types = new() { Mappings = { [".dat"] = "application/octet-stream", [".cur"] = "image/x-icon" } };
    private readonly Package _elsa;
    private readonly Package _roboto;

    public StudioFiles()
    {
        var folder = FindPackages();
        _elsa = Package.Open(folder, Elsa);
        _roboto = Package.Open(folder, Roboto);
    }

    public static void Map(RouteGroupBuilder site)
    {
        site.MapGet("/_framework/" + StudioAssembly.File, StudioAssembly.Send);
        site.MapGet("/_framework/{**path}", (string path, HttpContext context, StudioFiles files) => files.Send(files._elsa, "_framework/" + path, context));
        site.MapGet("/_content/{**path}", (string path, HttpContext context, StudioFiles files) => files.Send(files._elsa, "_content/" + path, context));
        site.MapGet("/Elsa.Studio.Host.CustomElements.styles.css", (HttpContext context, StudioFiles files) => files.Send(files._elsa, "Elsa.Studio.Host.CustomElements.styles.css", context));
        site.MapGet("/roboto/{**path}", (string path, HttpContext context, StudioFiles files) => files.Send(files._roboto, "files/" + path, context));
        // The package's own names a back end that is not ours; the page gives the address to the elements.
        site.MapGet("/appsettings.json", () => TypedResults.Json(new { }));
    }

    private Results<PhysicalFileHttpResult, NotFound> Send(Package package, string path, HttpContext context)
    {
        if (package.Files.GetFileInfo(path) is not { Exists: true, IsDirectory: false, PhysicalPath: { } physical } file)
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = Fingerprinted().IsMatch(path) ? "private, max-age=31536000, immutable" : "private, no-cache";
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        foreach (var (coding, extension) in Compressed)
        {
            if (!accepted.Any(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && one.Quality != 0) || !File.Exists(physical + extension))
                continue;
            headers.ContentEncoding = coding;
            return Send(package, physical + extension, coding, path);
        }

        return Send(package, physical, "", path, file.Length);
    }

    private PhysicalFileHttpResult Send(Package package, string physical, string coding, string path, long? length = null)
    {
        // npm gives every file the same date, so the tag is made of version and length.
        var tag = new EntityTagHeaderValue($"\"{package.Version}-{length ?? new FileInfo(physical).Length:x}{coding}\"");
        return TypedResults.PhysicalFile(physical, _types.TryGetContentType(path, out var type) ? type : "application/octet-stream", entityTag: tag);
    }

    /// <summary>Beside the host where it was published, else where the build installed them.</summary>
    private static string FindPackages()
    {
        var published = System.IO.Path.Combine(AppContext.BaseDirectory, "studio");
        if (Directory.Exists(published))
            return published;
        return typeof(StudioFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "StudioPackages").Value!;
    }

    [GeneratedRegex(@"\.[a-z0-9]{10}\.(?:wasm|js|dat|bundle\.scp\.css)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Fingerprinted();

    private sealed record Package(PhysicalFileProvider Files, string Version)
    {
        public static Package Open(string folder, string name)
        {
            var root = System.IO.Path.Combine(folder, name);
            if (!Directory.Exists(root))
                throw new DirectoryNotFoundException($"Elsa Studio is not installed: {root} does not exist. Build or publish the host again.");
            using var description = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(root, "package.json")));
            return new(new(root), description.RootElement.GetProperty("version").GetString()!);
        }
    }
}
