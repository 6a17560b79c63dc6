using System.Text.Json;
using Dapper;
using Elsa.Execution;
using Elsa.Expressions;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Http;
using Elsa.Http.Bookmarks;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>Stores what starts a definition when it is published.</summary>
internal sealed class TriggerIndex(DatabaseSession session, IServiceProvider services, TimeProvider time)
{
    public async Task StoreAsync(WorkflowGraph graph, CancellationToken ct)
    {
        foreach (var (node, name, payload) in await ReadAsync(graph, ct))
            await StoreAsync(graph, node, name, payload, ct);
    }

    /// <summary>Triggers that cannot be stored, else paths that would be served twice, by this definition alone or with another one.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync(WorkflowGraph graph, CancellationToken ct)
    {
        try
        {
            return await ClashesAsync(await ReadAsync(graph, ct), graph, ct);
        }
        catch (JsonException e)
        {
            return [e.Message];
        }
    }

    private async Task<IReadOnlyList<string>> ClashesAsync(IReadOnlyList<(ActivityNode Node, string Name, object Payload)> found, WorkflowGraph graph, CancellationToken ct)
    {
        var endpoints = found.Where(trigger => trigger.Name == HttpStimulusNames.HttpEndpoint).Select(trigger => (trigger.Node.Activity.Id, Hash: StimulusHash.Of(trigger.Name, trigger.Payload), Payload: (HttpEndpointBookmarkPayload)trigger.Payload)).ToList();
        if (endpoints.Count == 0)
            return [];
        var taken = (await session.Connection.QueryAsync<string>(new(
            "select hash from elsa.triggers where hash = any(@hashes) and definition_id <> @definitionId", new { hashes = endpoints.Select(endpoint => endpoint.Hash).ToArray(), definitionId = graph.Workflow.Identity.DefinitionId }, cancellationToken: ct))).ToHashSet(StringComparer.Ordinal);
        return [.. endpoints.Where(endpoint => taken.Contains(endpoint.Hash) || endpoints.Count(other => other.Hash == endpoint.Hash) > 1)
            .Select(endpoint => $"Activity '{endpoint.Id}': the path {endpoint.Payload.Path} and the method {endpoint.Payload.Method} are already in use by another workflow or activity.")];
    }

    /// <exception cref="JsonException">A trigger does not say what it starts at; the message names it.</exception>
    private async Task<IReadOnlyList<(ActivityNode Node, string Name, object Payload)>> ReadAsync(WorkflowGraph graph, CancellationToken ct)
    {
        var found = new List<(ActivityNode, string, object)>();
        foreach (var node in graph.Nodes.Where(node => node.Activity is ITrigger && node.Activity.GetCanStartWorkflow()))
        {
            try
            {
                var context = await EvaluateAsync(graph, node, ct);
                foreach (var payload in await ((ITrigger)node.Activity).GetTriggerPayloadsAsync(context))
                {
                    _ = Due(payload); // A schedule that cannot be read is one that cannot be stored.
                    found.Add((node, context.TriggerName, payload));
                }
            }
            catch (Exception e) when (!Burst.IsOfTheBurst(e, ct))
            {
                throw new JsonException($"Activity '{node.Activity.Id}' cannot start the workflow: {e.Message}", e);
            }
        }

        return found;
    }

    private DateTimeOffset? Due(object payload) => (payload as ITimedTrigger)?.NextAfter(time.GetUtcNow());

    private async Task<TriggerIndexingContext> EvaluateAsync(WorkflowGraph graph, ActivityNode node, CancellationToken ct)
    {
        var memory = new MemoryRegister();
        memory.Declare(graph.Workflow.Variables);
        var expressions = new ExpressionExecutionContext(services, memory, cancellationToken: ct);
        foreach (var input in node.Inputs)
        {
            if (input.Input is { Expression: { } expression } value && value.MemoryBlockReference() is { Id: { } id })
                memory.Blocks[id] = new MemoryBlock(await ExpressionEvaluator.EvaluateAsync(expression, input.Type, expressions));
        }

        return new TriggerIndexingContext(new WorkflowIndexingContext(graph.Workflow, ct), expressions, (ITrigger)node.Activity, ct);
    }

    private Task StoreAsync(WorkflowGraph graph, ActivityNode node, string name, object payload, CancellationToken ct) =>
        session.Connection.ExecuteAsync(new(
            """
            insert into elsa.triggers (id, definition_id, version_id, activity_id, name, hash, payload) values (@id, @definitionId, @versionId, @activityId, @name, @hash, @payload::json);
            insert into elsa.timers (id, trigger_id, due_at) select @id, @id, @due where @due::timestamptz is not null
            """,
            new
            {
                id = Identity.New(),
                definitionId = graph.Workflow.Identity.DefinitionId,
                versionId = graph.Workflow.Identity.Id,
                activityId = node.Activity.Id,
                name,
                hash = StimulusHash.Of(name, payload),
                payload = StoredValues.PayloadJson(payload),
                due = Due(payload)?.UtcDateTime,
            },
            cancellationToken: ct));
}
