using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Elsa.Common.Models;
using Elsa.Persistence;

namespace Elsa.Definitions;

/// <summary>A definition that was brought to a new version of one that it uses.</summary>
internal sealed record UpdatedConsumer(DefinitionRow Row, bool WasPublished);

/// <summary>Which definitions use another as an activity, and bringing them to its new version.</summary>
internal sealed class DefinitionReferences(DatabaseSession session, DefinitionStore definitions)
{
    /// <summary>The definitions that use one in their latest version, and those that use these.</summary>
    public async Task<IReadOnlyList<string>> ConsumersAsync(string definitionId, CancellationToken ct) =>
        [.. await session.Connection.QueryAsync<string>(new(
            """
            with recursive consumers (definition_id) as (
                select d.definition_id from elsa.definition_uses u join elsa.definitions d on d.id = u.version_id and d.is_latest where u.used_definition_id = @definitionId
                union
                select d.definition_id from consumers c join elsa.definition_uses u on u.used_definition_id = c.definition_id join elsa.definitions d on d.id = u.version_id and d.is_latest)
            select definition_id from consumers where definition_id <> @definitionId order by definition_id
            """,
            new { definitionId },
            cancellationToken: ct))];

    /// <summary>Saves a draft of each definition that uses an older version of a published one. Definitions that may not be changed stay as they are.</summary>
    public async Task<IReadOnlyList<UpdatedConsumer>> SaveDraftsAsync(DefinitionRow published, CancellationToken ct)
    {
        var users = await session.Connection.QueryAsync<string>(new(
            """
            select d.definition_id from elsa.definition_uses u join elsa.definitions d on d.id = u.version_id
            where u.used_definition_id = @DefinitionId and d.is_latest and not d.is_readonly and d.definition_id <> @DefinitionId order by d.definition_id
            """,
            new { published.DefinitionId },
            cancellationToken: ct));
        var updated = new List<UpdatedConsumer>();
        foreach (var id in users.AsList())
        {
            var row = (await definitions.FindAsync(id, VersionOptions.Latest, ct))!;
            var model = JsonNode.Parse(row.Model)!.AsObject();
            if (!Pin(model["root"], published))
                continue;
            model["definitionId"] = id;
            updated.Add(new UpdatedConsumer(await definitions.SaveDraftAsync(JsonSerializer.SerializeToElement(model), null, ct), row.IsPublished));
        }

        return updated;
    }

    /// <summary>Whether a definition wants those that use it to follow it.</summary>
    public static bool IsFollowed(DefinitionRow row) =>
        row.ActivityType is not null && JsonNode.Parse(row.Model)?["options"]?["autoUpdateConsumingWorkflows"]?.GetValue<bool>() == true;

    private static bool Pin(JsonNode? node, DefinitionRow published)
    {
        var changed = false;
        if (node is JsonObject activity)
        {
            if (activity["workflowDefinitionId"] is JsonValue used && used.TryGetValue<string>(out var id) && id == published.DefinitionId
                && activity["workflowDefinitionVersionId"]?.ToString() != published.Id)
            {
                (activity["workflowDefinitionVersionId"], activity["version"]) = (published.Id, published.Version);
                changed = true;
            }

            foreach (var (_, member) in activity.ToList())
                changed |= Pin(member, published);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                changed |= Pin(item, published);
        }

        return changed;
    }
}
