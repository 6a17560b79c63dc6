using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using TongBan.Studio.InBrowser;

namespace TongBan.Studio;

/// <summary>The assembly of ours that the page loads into Studio's WebAssembly (see <c>serializer.js</c>); it lies beside the host as every other.</summary>
internal static class StudioAssembly
{
    public const string File = "TongBan.Studio.InBrowser.dll";

    private static readonly string Place = Path.Combine(AppContext.BaseDirectory, File);
    private static readonly EntityTagHeaderValue Tag = new($"\"{typeof(Descriptions).Module.ModuleVersionId:n}\"");

    public static PhysicalFileHttpResult Send(HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-cache";
        return TypedResults.PhysicalFile(Place, "application/octet-stream", entityTag: Tag);
    }
}
