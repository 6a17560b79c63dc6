using System.Text;
using System.Text.Json;
using TongBan.Elsa.Tests.Conformance;

namespace TongBan.Elsa.Tests.Contract;

/// <summary>A recorded call of the original: what was sent and what it answered.</summary>
internal sealed record RecordedCall(string Method, string Path, JsonElement Request, int Status, JsonElement Response)
{
    /// <summary>The folder beside the recorded runs, or null where there are none.</summary>
    public static string? Folder { get; } = RecordingsAttribute.Folder is { } runs && System.IO.Path.Combine(runs, "..", "api") is var calls && Directory.Exists(calls) ? calls : null;

    /// <summary>Reads a recording, with the original's ids replaced.</summary>
    public static RecordedCall Read(string name, IReadOnlyDictionary<string, string>? ids = null)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Folder!, name + ".json"));
        foreach (var (theirs, ours) in ids ?? new Dictionary<string, string>(StringComparer.Ordinal))
            text = text.Replace(theirs, ours, StringComparison.Ordinal);
        var call = JsonSerializer.Deserialize<JsonElement>(text);
        return new(call.GetProperty("method").GetString()!, call.GetProperty("path").GetString()!, call.GetProperty("request"), call.GetProperty("status").GetInt32(), call.GetProperty("response"));
    }

    public async Task<(int Status, JsonElement Answer)> SendAsync(HttpClient client, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), Path);
        if (Request.ValueKind != JsonValueKind.Null)
            request.Content = new StringContent(Request.GetRawText(), Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        return ((int)response.StatusCode, body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body));
    }
}
