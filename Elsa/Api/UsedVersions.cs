using System.Text.Json.Nodes;
using Dapper;
using Elsa.Persistence;
using Npgsql;

namespace Elsa.Api;

/// <summary>Which version of a definition that is used as an activity is the latest by now: Studio offers to move to it.</summary>
internal static class UsedVersions
{
    private const string PinnedTo = "workflowDefinitionVersionId";

    /// <summary>The definition as it is answered; it was stored with what was the latest then.</summary>
    /// <param name="row">The version.</param>
    /// <param name="connection">Where to.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<JsonObject> RenewAsync(DefinitionRow row, NpgsqlConnection connection, CancellationToken ct)
    {
        var view = DefinitionView.Of(row);
        if (!row.Model.Contains(PinnedTo, StringComparison.Ordinal))
            return view;
        var used = Find(view["root"]).ToLookup(activity => activity["workflowDefinitionId"]!.GetValue<string>(), StringComparer.Ordinal);
        var latest = await connection.QueryAsync<(string DefinitionId, string Id, int Version)>(new(
            "select definition_id, id, version from elsa.definitions where is_published and definition_id = any(@ids)", new { ids = used.Select(group => group.Key).ToArray() }, cancellationToken: ct));
        foreach (var (definitionId, id, version) in latest)
        {
            foreach (var activity in used[definitionId])
                (activity["latestAvailablePublishedVersion"], activity["latestAvailablePublishedVersionId"]) = (version, id);
        }

        return view;
    }

    private static IEnumerable<JsonObject> Find(JsonNode? node) => node switch
    {
        JsonObject one => (IsUsed(one) ? [one] : Enumerable.Empty<JsonObject>()).Concat(one.SelectMany(member => Find(member.Value))),
        JsonArray many => many.SelectMany(Find),
        _ => [],
    };

    private static bool IsUsed(JsonObject activity) =>
        activity["workflowDefinitionId"] is JsonValue id && id.TryGetValue<string>(out _) && activity[PinnedTo] is JsonValue;
}
