using Dapper;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime.Messages;

namespace Elsa.Runtime;

/// <summary>Starts instances from inside a burst, in its transaction.</summary>
internal sealed class ChildStarter(DatabaseSession session, InstanceStarter starter, InstanceRunner runner, TimeProvider time)
{
    /// <summary>The input and the property of a child that name its parent.</summary>
    private const string ParentKey = "ParentInstanceId";

    internal const string SubStatusKey = "__SubStatus";
    internal const string Dispatch = "Elsa.DispatchWorkflow";
    internal const string Bulk = "Elsa.BulkDispatchWorkflows";

    /// <summary>A workflow that executes itself would fill the stack.</summary>
    private const int MostNested = 32;

    private int _nested;

    /// <summary>Runs the child at once. Its row refers to the parent's by id alone: the parent's may not be stored yet.</summary>
    /// <exception cref="InvalidOperationException">It may not start, or too many are executed in one another.</exception>
    public async Task<WorkflowExecutionContext> ExecuteAsync(ActivityExecutionContext parent, string childId, string definitionId, string? correlationId, IDictionary<string, object>? input, bool waits)
    {
        if (_nested == MostNested)
            throw new InvalidOperationException($"'{definitionId}' is not executed: {MostNested} workflows are already executed in one another.");
        _nested++;
        try
        {
            return await starter.TryStartAsync(WorkflowDefinitionHandle.ByDefinitionId(definitionId), Request(parent, correlationId, input, waits), parent.CancellationToken, childId, waits ? "Elsa.ExecuteWorkflow" : null)
                ?? throw new InvalidOperationException($"The activation strategy of '{definitionId}' allows no further instance now.");
        }
        finally
        {
            _nested--;
        }
    }

    /// <summary>Stores the child with a timer that is due now. This host runs it after the commit; if it cannot, another one fires the timer.</summary>
    /// <param name="parent">The activity that dispatches.</param>
    /// <param name="childId">The id of the new instance.</param>
    /// <param name="definitionId">Its definition.</param>
    /// <param name="correlationId">Its correlation.</param>
    /// <param name="input">Its input.</param>
    /// <param name="stimulus">What the parent waits for, <see cref="Dispatch"/> or <see cref="Bulk"/>; null when it does not wait.</param>
    public async Task DispatchAsync(ActivityExecutionContext parent, string childId, string definitionId, string? correlationId, IDictionary<string, object>? input, string? stimulus)
    {
        _ = await starter.TryStartAsync(WorkflowDefinitionHandle.ByDefinitionId(definitionId), Request(parent, correlationId, input, stimulus is not null), parent.CancellationToken, childId, stimulus, run: false)
            ?? throw new InvalidOperationException($"The activation strategy of '{definitionId}' allows no further instance now.");
        await RunLaterAsync(childId, parent.CancellationToken);
    }

    /// <summary>Runs a stored instance after the commit.</summary>
    public async Task RunLaterAsync(string instanceId, CancellationToken ct)
    {
        await session.FlushAsync(ct);
        await session.Connection.ExecuteAsync(new("insert into elsa.timers (id, instance_id, due_at) values (@instanceId, @instanceId, @now)", new { instanceId, now = time.GetUtcNow().UtcDateTime }, cancellationToken: ct));
        session.AfterCommit(token => session.InBurstAsync(async inner =>
        {
            await session.BeginAsync(inner);
            if (await session.Connection.ExecuteAsync(new("delete from elsa.timers where id = @instanceId", new { instanceId }, cancellationToken: inner)) > 0)
                await runner.RunPendingAsync(instanceId, null, inner);
            return true;
        }, token));
    }

    /// <summary>What the child left: its output and how it ended.</summary>
    public static (Dictionary<string, object> Output, WorkflowSubStatus SubStatus) ReadOutput(ActivityExecutionContext context)
    {
        var output = new Dictionary<string, object>(context.WorkflowExecutionContext.StimulusInput ?? new Dictionary<string, object>(StringComparer.Ordinal), StringComparer.Ordinal);
        var subStatus = output.Remove(SubStatusKey, out var stored) && Enum.TryParse<WorkflowSubStatus>(stored.ToString(), out var parsed) ? parsed : WorkflowSubStatus.Finished;
        return (output, subStatus);
    }

    private static CreateAndRunWorkflowInstanceRequest Request(ActivityExecutionContext parent, string? correlationId, IDictionary<string, object>? input, bool waits) => new()
    {
        CorrelationId = correlationId,
        ParentId = parent.WorkflowExecutionContext.Id,
        Input = new Dictionary<string, object>(input ?? new Dictionary<string, object>(StringComparer.Ordinal), StringComparer.Ordinal) { [ParentKey] = parent.WorkflowExecutionContext.Id },
        Properties = waits
            ? new Dictionary<string, object>(StringComparer.Ordinal) { [ParentKey] = parent.WorkflowExecutionContext.Id, ["WaitForCompletion"] = true }
            : new Dictionary<string, object>(StringComparer.Ordinal) { [ParentKey] = parent.WorkflowExecutionContext.Id },
        SchedulingActivityExecutionId = parent.Id,
        SchedulingWorkflowInstanceId = parent.WorkflowExecutionContext.Id,
    };
}
