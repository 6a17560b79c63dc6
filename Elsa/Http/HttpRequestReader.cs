using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Elsa.Http;

/// <summary>The body of a request is larger than its endpoint allows.</summary>
internal sealed class RequestTooLargeException() : Exception("The request is too large.");

/// <summary>Reads a request before any burst begins: a slow client must not hold a transaction.</summary>
internal static class HttpRequestReader
{
    private static readonly HashSet<string> Credentials = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Proxy-Authorization", "Cookie" };

    /// <exception cref="RequestTooLargeException">The body is longer than <paramref name="limit"/> bytes.</exception>
    /// <exception cref="JsonException">The body is not the JSON it says it is.</exception>
    /// <exception cref="InvalidDataException">The body is not the form it says it is.</exception>
    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request, string path, long limit, CancellationToken ct)
    {
        var body = await BufferAsync(request, limit, ct);
        if (!request.HasFormContentType)
            return Compose(request, path, body.ToArray(), null) with { Content = HttpContents.Parse(body.ToArray(), request.ContentType) };
        request.Body = body;
        var form = await request.ReadFormAsync(ct);
        return Compose(request, path, body.ToArray(), form) with { Content = Map(form), Files = [.. form.Files] };
    }

    /// <summary>The request without its body.</summary>
    public static ReceivedRequest Head(HttpRequest request, string path) => Compose(request, path, [], null);

    private static ReceivedRequest Compose(HttpRequest request, string path, byte[] body, IFormCollection? form)
    {
        var headers = request.Headers.Where(header => !Credentials.Contains(header.Key)).ToList();
        return new(path, null, Map(request.Query), Map(headers), DetachedRequest.Of(request, headers.Select(header => header.Key), body, form));
    }

    private static async Task<MemoryStream> BufferAsync(HttpRequest request, long limit, CancellationToken ct)
    {
        if (request.ContentLength > limit)
            throw new RequestTooLargeException();
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = limit < long.MaxValue / 16 ? (limit * 8) + 1024 : null; // It is this code which counts: the server counts what frames the chunks too, up to five bytes for each.
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, ct)) > 0)
            {
                buffer.Write(chunk, 0, read);
                if (buffer.Length > limit)
                    throw new RequestTooLargeException();
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new RequestTooLargeException();
        }

        buffer.Position = 0;
        return buffer;
    }

    private static Dictionary<string, object> Map(IEnumerable<KeyValuePair<string, StringValues>> values)
    {
        var map = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values)
            map[name] = value.Count == 1 ? value.ToString() : value.ToArray();
        return map;
    }
}
