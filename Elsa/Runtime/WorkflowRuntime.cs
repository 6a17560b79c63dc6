using Dapper;
using Elsa.Execution;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Elsa.Workflows.State;

namespace Elsa.Runtime;

/// <inheritdoc />
internal sealed class WorkflowRuntime(DatabaseSession session, DefinitionStore definitions, InstanceStore instances, InstanceRunner runner, InstanceStarter starter, TimeProvider time) : IWorkflowRuntime
{
    public ValueTask<IWorkflowClient> CreateClientAsync(CancellationToken cancellationToken = default) => CreateClientAsync(null, cancellationToken);

    public ValueTask<IWorkflowClient> CreateClientAsync(string? workflowInstanceId, CancellationToken cancellationToken = default) =>
        new(new WorkflowClient(workflowInstanceId ?? Identity.NewInstance(time.GetUtcNow()), session, definitions, instances, runner, starter));
}

/// <inheritdoc />
internal sealed class WorkflowClient(string id, DatabaseSession session, DefinitionStore definitions, InstanceStore instances, InstanceRunner runner, InstanceStarter starter) : IWorkflowClient
{
    public string WorkflowInstanceId { get; } = id;

    public async Task<CreateWorkflowInstanceResponse> CreateInstanceAsync(CreateWorkflowInstanceRequest request, CancellationToken cancellationToken = default)
    {
        await session.InTransactionAsync(async ct =>
        {
            var graph = await definitions.FindGraphAsync(request.WorkflowDefinitionHandle, ct) ?? throw new InvalidOperationException($"There is no workflow definition {request.WorkflowDefinitionHandle}.");
            return await runner.StartAsync(new NewInstance(WorkflowInstanceId, graph)
            {
                CorrelationId = request.CorrelationId,
                Name = request.Name,
                ParentId = request.ParentId,
                Input = request.Input,
                Properties = request.Properties,
            }, run: false, ct);
        }, cancellationToken);
        return new();
    }

    public async Task<RunWorkflowInstanceResponse> CreateAndRunInstanceAsync(CreateAndRunWorkflowInstanceRequest request, CancellationToken cancellationToken = default)
    {
        var workflow = await starter.TryStartAsync(request.WorkflowDefinitionHandle, request, cancellationToken, WorkflowInstanceId);
        return workflow is null
            ? new RunWorkflowInstanceResponse { WorkflowInstanceId = WorkflowInstanceId, Status = WorkflowStatus.Running, SubStatus = WorkflowSubStatus.Pending }
            : InstanceRunner.ToResponse(workflow, request.IncludeWorkflowOutput);
    }

    /// <summary>Resumes the bookmark that is named; without one runs an instance that has not begun. What cannot be done is answered with how the instance stands.</summary>
    public async Task<RunWorkflowInstanceResponse> RunInstanceAsync(RunWorkflowInstanceRequest request, CancellationToken cancellationToken = default) =>
        await session.InTransactionAsync(async ct =>
        {
            var workflow = request.BookmarkId is { } bookmarkId
                ? await runner.ResumeAsync(WorkflowInstanceId, bookmark => bookmark.Id == bookmarkId, request.Input, ct)
                : await runner.RunPendingAsync(WorkflowInstanceId, request.TriggerActivityId, ct);
            workflow ??= (await instances.LoadAsync(WorkflowInstanceId, ct))?.Workflow ?? throw NotFound();
            return InstanceRunner.ToResponse(workflow, request.IncludeWorkflowOutput);
        }, cancellationToken);

    /// <summary>Ends the instance, and the children it waits for.</summary>
    public Task CancelAsync(CancellationToken cancellationToken = default) => session.InTransactionAsync(async ct =>
    {
        await CancelAsync(WorkflowInstanceId, ct);
        return true;
    }, cancellationToken);

    public Task<WorkflowState> ExportStateAsync(CancellationToken cancellationToken = default) => session.InTransactionAsync(async ct =>
        (await instances.LoadAsync(WorkflowInstanceId, ct))?.Workflow is { } workflow ? WorkflowStates.Of(workflow) : throw NotFound(), cancellationToken);

    public Task ImportStateAsync(WorkflowState workflowState, CancellationToken cancellationToken = default) =>
        runner.OnInstanceAsync(WorkflowInstanceId, null, workflow => () =>
        {
            workflow.Name = workflowState.Name;
            workflow.CorrelationId = workflowState.CorrelationId;
            workflow.Properties = workflowState.Properties;
            workflow.Output = workflowState.Output;
            return Task.CompletedTask;
        }, cancellationToken);

    public Task<bool> InstanceExistsAsync(CancellationToken cancellationToken = default) => session.InTransactionAsync(ct =>
        session.Connection.ExecuteScalarAsync<bool>(new("select exists (select 1 from elsa.instances where id = @id)", new { id = WorkflowInstanceId }, cancellationToken: ct)), cancellationToken);

    public Task<bool> DeleteAsync(CancellationToken cancellationToken = default) => session.InTransactionAsync(async ct =>
        await session.Connection.ExecuteAsync(new("delete from elsa.instances where id = @id", new { id = WorkflowInstanceId }, cancellationToken: ct)) > 0, cancellationToken);

    private async Task CancelAsync(string instanceId, CancellationToken ct)
    {
        await runner.OnInstanceAsync(instanceId, null, workflow => workflow.Status == WorkflowStatus.Finished ? null : () => Burst.CancelAsync(workflow), ct);
        var children = await session.Connection.QueryAsync<string>(new("select id from elsa.instances where parent_id = @instanceId and status = 'Running' order by id", new { instanceId }, cancellationToken: ct));
        foreach (var child in children)
            await CancelAsync(child, ct);
    }

    private InvalidOperationException NotFound() => new($"There is no workflow instance '{WorkflowInstanceId}'.");
}
