using Dapper;
using Elsa.Execution;
using Elsa.Expressions;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>Stores what starts a definition when it is published.</summary>
internal sealed class TriggerIndex(DatabaseSession session, IServiceProvider services, TimeProvider time)
{
    public async Task StoreAsync(WorkflowGraph graph, CancellationToken ct)
    {
        foreach (var node in graph.Nodes.Where(node => node.Activity is ITrigger && node.Activity.GetCanStartWorkflow()))
        {
            var context = await EvaluateAsync(graph, node, ct);
            foreach (var payload in await ((ITrigger)node.Activity).GetTriggerPayloadsAsync(context))
                await StoreAsync(graph, node, context.TriggerName, payload, ct);
        }
    }

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
                due = (payload as ITimedTrigger)?.NextAfter(time.GetUtcNow())?.UtcDateTime,
            },
            cancellationToken: ct));
}
