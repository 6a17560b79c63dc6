using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TongBan.Elsa.Tests.Conformance;

namespace TongBan.Elsa.Tests.Contract;

/// <summary>A recorded call of the original: what was sent and what it answered.</summary>
internal sealed record RecordedCall(string Method, string Path, string? RequestType, JsonElement Request, int Status, string? ContentType, JsonElement Response)
{
    /// <summary>The folder beside the recorded runs, or null where there are none.</summary>
    public static string? Folder { get; } = RecordingsAttribute.Folder is { } runs && System.IO.Path.Combine(runs, "..", "api") is var calls && Directory.Exists(calls) ? calls : null;

    /// <summary>Reads a recording.</summary>
    /// <param name="name">Of its file.</param>
    /// <param name="replace">Replaces the original's ids in what is sent.</param>
    public static RecordedCall Read(string name, Func<string, string>? replace = null)
    {
        var call = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(System.IO.Path.Combine(Folder!, name + ".json")));
        var request = call.GetProperty("request");
        return new(
            call.GetProperty("method").GetString()!,
            Replaced(call.GetProperty("path").GetString()!),
            call.TryGetProperty("requestHeaders", out var headers) && headers.ValueKind == JsonValueKind.Object && headers.TryGetProperty("content-type", out var type) ? type.GetString() : null,
            request.ValueKind == JsonValueKind.Null ? request : JsonSerializer.Deserialize<JsonElement>(Replaced(request.GetRawText())),
            call.GetProperty("status").GetInt32(),
            call.GetProperty("contentType").GetString(),
            call.GetProperty("response"));

        string Replaced(string text) => replace?.Invoke(text) ?? text;
    }

    public async Task<(int Status, string? ContentType, JsonElement Answer)> SendAsync(HttpClient client, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), Path);
        request.Content = Request.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object when Request.TryGetProperty("multipart", out var parts) => Form(parts),
            JsonValueKind.String => Text(Request.GetString()!),
            _ => Text(Request.GetRawText()),
        };
        using var response = await client.SendAsync(request, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        var answer = body.Length == 0 ? default : body[0] is '{' or '[' ? JsonSerializer.Deserialize<JsonElement>(body) : JsonSerializer.SerializeToElement(body);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, answer);
    }

    private StringContent Text(string text) => new(text, Encoding.UTF8, MediaTypeHeaderValue.Parse(RequestType ?? "application/json"));

    private static MultipartFormDataContent Form(JsonElement parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var part in parts.EnumerateArray())
        {
            var content = part.GetProperty("content");
            var bytes = content.ValueKind switch
            {
                JsonValueKind.Object when content.TryGetProperty("zipEntries", out var entries) => Zip(entries),
                JsonValueKind.String => Encoding.UTF8.GetBytes(content.GetString()!),
                _ => Encoding.UTF8.GetBytes(content.GetRawText()),
            };
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = MediaTypeHeaderValue.Parse(part.GetProperty("contentType").GetString()!);
            form.Add(file, part.GetProperty("field").GetString()!, part.GetProperty("filename").GetString()!);
        }

        return form;
    }

    private static byte[] Zip(JsonElement entries)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries.EnumerateArray())
            {
                using var stream = zip.CreateEntry(entry.GetProperty("name").GetString()!).Open();
                stream.Write(Encoding.UTF8.GetBytes(entry.GetProperty("content") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : entry.GetProperty("content").GetRawText()));
            }
        }

        return buffer.ToArray();
    }
}
