using System.Text.Json;
using System.Text.Json.Nodes;

namespace TongBan.Elsa.Tests.Conformance;

/// <summary>How an instance stands at the end of a recorded run.</summary>
internal sealed record RecordedEnd
{
    public string? Status { get; init; }

    public string Output { get; init; } = "{}";

    public string Variables { get; init; } = "{}";

    public IReadOnlyList<string> Writes { get; init; } = [];

    public IReadOnlyList<string> Incidents { get; init; } = [];

    public IReadOnlyList<string> Bookmarks { get; init; } = [];

    public IReadOnlyList<string> Journal { get; init; } = [];

    public static RecordedEnd Of(JsonElement expect) => expect.TryGetProperty("noInstance", out _) ? new() : new()
    {
        Status = $"{expect.GetProperty("status").GetString()}/{expect.GetProperty("subStatus").GetString()}",
        Output = Sorted(expect.GetProperty("output")),
        Variables = Sorted(expect.GetProperty("variables")),
        Writes = Pairs(expect.GetProperty("writes")),
        Incidents = [.. expect.GetProperty("incidents").EnumerateArray().Select(incident => incident.GetProperty("activityId").GetString()!).Order(StringComparer.Ordinal)],
        Bookmarks = [.. expect.GetProperty("bookmarks").GetProperty("activityIds").EnumerateArray().Select(id => id.GetString()!).Order(StringComparer.Ordinal)],
        Journal = Pairs(expect.GetProperty("journal")),
    };

    public override string ToString() =>
        $"""
        {Status}
        output    {Output}
        variables {Variables}
        writes    {string.Join(' ', Writes)}
        incidents {string.Join(' ', Incidents)}
        bookmarks {string.Join(' ', Bookmarks)}
        journal   {string.Join(' ', Journal)}
        """;

    /// <summary>JSON text with members in order of name, for comparing.</summary>
    public static string Sorted(JsonElement json) => Sort(JsonNode.Parse(json.GetRawText()))?.ToJsonString() ?? "null";

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sort(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sort)]),
        _ => node?.DeepClone(),
    };

    private static string[] Pairs(JsonElement pairs) => [.. pairs.EnumerateArray().Select(pair => $"{pair[0]}:{pair[1]}")];
}
