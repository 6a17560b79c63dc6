using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Elsa.Persistence;
using Elsa.Workflows.Models;
using Npgsql;

namespace Elsa.Definitions;

/// <summary>
/// Keeps the registry in step with the definitions that may be used as activities, other hosts' included: asked before a
/// definition is read. Each version can still be named after a later one is published.
/// </summary>
internal sealed class DefinitionActivities(ActivityRegistry registry, DefinitionJson json)
{
    private readonly ConcurrentDictionary<string, ActivityDescriptor> _byVersion = new(StringComparer.Ordinal);
    private string _known = "";

    /// <summary>
    /// Of the versions that were published before. The designer draws one that a workflow has from then, and does not offer it. It
    /// offers the highest version alone, so a draft above the published one is not among them.
    /// </summary>
    public IReadOnlyCollection<ActivityDescriptor> Earlier { get; private set; } = [];

    public async Task RefreshAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var state = await connection.ExecuteScalarAsync<string?>(new(
            "select string_agg(id || ':' || revision || ':' || is_published, ',' order by id) from elsa.definitions where activity_type is not null", cancellationToken: ct)) ?? "";
        if (state == _known)
            return;
        var rows = (await connection.QueryAsync<DefinitionRow>(new($"select {DefinitionRows.Columns} from elsa.definitions where activity_type is not null order by version", cancellationToken: ct))).AsList();
        foreach (var name in registry.List().Where(descriptor => descriptor.ClrType == typeof(DefinitionActivity)).Select(descriptor => descriptor.TypeName).Except(rows.Where(row => row.IsPublished).Select(row => row.ActivityType!), StringComparer.OrdinalIgnoreCase).ToList())
            registry.Unregister(name);
        // Versions are read only once all are registered: a definition may use another one. One that uses itself is left unknown to itself.
        foreach (var row in rows)
        {
            var descriptor = DefinitionActivityDescriptor.Describe(row.ActivityType!, ReadOutline(row), row.IsPublished, () => Read(row));
            _byVersion[row.Id] = descriptor;
            if (row.IsPublished)
                registry.Register(descriptor);
        }

        json.VersionedActivities = _byVersion;
        var published = rows.Where(row => row.IsPublished).ToDictionary(row => row.DefinitionId, row => row.Version, StringComparer.Ordinal);
        Earlier = [.. rows.Where(row => !row.IsPublished && row.Version < published.GetValueOrDefault(row.DefinitionId, int.MaxValue)).Select(row => _byVersion[row.Id])];
        _known = state;
    }

    private Elsa.Workflows.Activities.Workflow Read(DefinitionRow row)
    {
        var workflow = json.Read(JsonDocument.Parse(row.Model).RootElement);
        workflow.Identity = new WorkflowIdentity(row.DefinitionId, row.Version, row.Id);
        return workflow;
    }

    /// <summary>Without the root: only what a descriptor shows.</summary>
    private Elsa.Workflows.Activities.Workflow ReadOutline(DefinitionRow row)
    {
        var model = System.Text.Json.Nodes.JsonNode.Parse(row.Model)!.AsObject();
        model.Remove("root");
        return Read(row with { Model = model.ToJsonString() });
    }
}
