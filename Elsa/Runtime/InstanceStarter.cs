using Dapper;
using Elsa.Execution;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime.ActivationValidators;
using Elsa.Workflows.Runtime.Messages;

namespace Elsa.Runtime;

/// <summary>Starts instances, where the definition's activation strategy lets them.</summary>
internal sealed class InstanceStarter(DatabaseSession session, DefinitionStore definitions, InstanceRunner runner, TimeProvider time)
{
    /// <summary>Starts and runs an instance. Null when the strategy denies it.</summary>
    /// <exception cref="InvalidOperationException">There is no such definition.</exception>
    public Task<WorkflowExecutionContext?> TryStartAsync(WorkflowDefinitionHandle handle, CreateAndRunWorkflowInstanceRequest request, CancellationToken ct, string? instanceId = null, string? parentStimulus = null, bool run = true) =>
        session.InBurstAsync(async token =>
        {
            var (graph, revision) = await definitions.FindToStartAsync(handle, token);
            if (graph is null)
                throw new InvalidOperationException($"There is no workflow definition {handle}.");
            if (!await MayStartAsync(graph.Workflow, request.CorrelationId, token))
                return null;
            return await runner.StartAsync(new NewInstance(instanceId ?? Identity.NewInstance(time.GetUtcNow()), graph)
            {
                RememberedRevision = revision,
                CorrelationId = request.CorrelationId,
                Name = request.Name,
                ParentId = request.ParentId,
                StartedBy = request.SchedulingActivityExecutionId,
                TriggerActivityId = request.TriggerActivityId,
                Activity = request.ActivityHandle is { } activity ? Find(graph, activity) ?? throw new InvalidOperationException($"{handle} has no activity '{activity}'.") : null,
                Variables = request.Variables,
                Input = request.Input,
                Properties = request.Properties,
                ParentStimulus = parentStimulus,
            }, run, token);
        }, ct);

    /// <summary>The activity by its path or its id; null when the definition has none such. Of a new instance nothing has been executed that could be named.</summary>
    public static ActivityNode? Find(WorkflowGraph graph, ActivityHandle handle) => (handle.ActivityNodeId ?? handle.ActivityId) is { } id ? graph.FindNode(id) : null;

    /// <summary>Asks and starts under one lock, so that two starts at once do not both find none running.</summary>
    private async Task<bool> MayStartAsync(Workflow workflow, string? correlationId, CancellationToken ct)
    {
        var strategy = workflow.Options.ActivationStrategyType;
        var byDefinition = strategy == typeof(SingletonStrategy) || strategy == typeof(CorrelatedSingletonStrategy);
        var byCorrelation = strategy == typeof(CorrelationStrategy) || strategy == typeof(CorrelatedSingletonStrategy);
        if (!byDefinition && !byCorrelation)
            return true;
        var definitionId = byDefinition ? workflow.Identity.DefinitionId : null;
        var correlation = byCorrelation ? correlationId ?? "" : null;
        await session.FlushAsync(ct);
        await session.Connection.ExecuteAsync(new("select pg_advisory_xact_lock(hashtextextended(@key, 1))", new { key = $"{definitionId}|{correlation}" }, cancellationToken: ct));
        return !await session.Connection.ExecuteScalarAsync<bool>(new(
            """
            select exists (select 1 from elsa.instances where status = 'Running'
              and (@definitionId::text is null or definition_id = @definitionId) and (@correlation::text is null or coalesce(correlation_id, '') = @correlation))
            """,
            new { definitionId, correlation },
            cancellationToken: ct));
    }
}
