using System.Collections.Concurrent;
using System.Text.Json;
using Elsa.Persistence;
using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Elsa.Definitions;

/// <summary>A version as it stood when it was read.</summary>
internal sealed record CompiledRevision(WorkflowGraph Graph, int Revision);

/// <summary>Compiled definitions by version and revision. Published versions never change, so neither do their entries.</summary>
internal sealed class GraphCache(DefinitionJson json, ActivityRegistry registry, DefinitionActivities definitionActivities, IServiceScopeFactory scopes)
{
    private const int Limit = 2000;
    private readonly ConcurrentDictionary<(string Id, int Revision), WorkflowGraph> _graphs = new();
    private readonly ConcurrentDictionary<string, CompiledRevision> _published = new(StringComparer.Ordinal);

    /// <summary>What this host last saw published of a definition. Another host may have published since: who uses it has PostgreSQL check its revision.</summary>
    public CompiledRevision? FindPublished(string definitionId) => _published.GetValueOrDefault(definitionId);

    public void RememberPublished(CompiledRevision found)
    {
        if (_published.Count >= Limit)
            _published.Clear();
        _published[found.Graph.Workflow.Identity.DefinitionId] = found;
    }

    public async ValueTask<WorkflowGraph> GetAsync(string versionId, int revision, CancellationToken ct)
    {
        if (_graphs.TryGetValue((versionId, revision), out var graph))
            return graph;
        // On a connection of its own: the burst's may be in the middle of a batch.
        await using var scope = scopes.CreateAsyncScope();
        var connection = scope.ServiceProvider.GetRequiredService<NpgsqlConnection>();
        await connection.OpenAsync(ct);
        await definitionActivities.RefreshAsync(connection, ct);
        var row = await DefinitionRows.FindAsync(connection, versionId, ct) ?? throw new InvalidOperationException($"There is no definition version '{versionId}'.");
        return GetOrCompile(row);
    }

    public WorkflowGraph GetOrCompile(DefinitionRow row)
    {
        if (_graphs.Count >= Limit)
            _graphs.Clear();
        return _graphs.GetOrAdd((row.Id, row.Revision), _ => Compile(row));
    }

    private WorkflowGraph Compile(DefinitionRow row)
    {
        var workflow = json.Read(JsonDocument.Parse(row.Model).RootElement);
        workflow.Identity = new WorkflowIdentity(row.DefinitionId, row.Version, row.Id);
        workflow.Publication = new WorkflowPublication(row.IsLatest, row.IsPublished);
        return new WorkflowGraph(workflow, registry.DescriptorOf);
    }
}
