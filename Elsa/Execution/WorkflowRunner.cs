using Elsa.Definitions;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;
using Elsa.Workflows.Options;
using Elsa.Workflows.State;

namespace Elsa.Execution;

/// <inheritdoc />
internal sealed class WorkflowGraphBuilder(ActivityRegistry registry) : IWorkflowGraphBuilder
{
    public Task<WorkflowGraph> BuildAsync(Workflow workflow, CancellationToken cancellationToken = default) => Task.FromResult(new WorkflowGraph(workflow, registry.DescriptorOf));
}

/// <inheritdoc />
internal sealed class WorkflowRunner(IServiceProvider services, IWorkflowBuilderFactory builders, IWorkflowGraphBuilder graphs, TimeProvider time) : IWorkflowRunner
{
    public Task<RunWorkflowResult> RunAsync(IActivity activity, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Workflow.FromActivity(activity), options, cancellationToken);

    public async Task<RunWorkflowResult> RunAsync(IWorkflow workflow, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default) =>
        await RunAsync(await builders.CreateBuilder().BuildWorkflowAsync(workflow, cancellationToken), options, cancellationToken);

    public async Task<RunWorkflowResult<TResult>> RunAsync<TResult>(WorkflowBase<TResult> workflow, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = await RunAsync((IWorkflow)workflow, options, cancellationToken);
        return new(run.WorkflowExecutionContext, run.WorkflowState, run.Workflow, (TResult)run.Result!, run.Journal);
    }

    public Task<RunWorkflowResult> RunAsync<T>(RunWorkflowOptions? options = null, CancellationToken cancellationToken = default) where T : IWorkflow, new() =>
        RunAsync((IWorkflow)new T(), options, cancellationToken);

    public async Task<TResult> RunAsync<T, TResult>(RunWorkflowOptions? options = null, CancellationToken cancellationToken = default) where T : WorkflowBase<TResult>, new() =>
        (await RunAsync<TResult>(new T(), options, cancellationToken)).Result;

    public async Task<RunWorkflowResult> RunAsync(Workflow workflow, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default) =>
        await RunAsync(await graphs.BuildAsync(workflow, cancellationToken), options, cancellationToken);

    public async Task<RunWorkflowResult> RunAsync(Workflow workflow, WorkflowState workflowState, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default) =>
        await RunAsync(await graphs.BuildAsync(workflow, cancellationToken), workflowState, options, cancellationToken);

    public async Task<RunWorkflowResult> RunAsync(WorkflowGraph workflowGraph, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default)
    {
        var workflow = new WorkflowExecutionContext(services, workflowGraph, options?.WorkflowInstanceId ?? Identity.NewInstance(time.GetUtcNow()), time, cancellationToken)
        {
            IsUnstored = true,
            StartInput = options?.Input ?? new Dictionary<string, object>(StringComparer.Ordinal),
        };
        Prepare(workflow, options);
        await Burst.StartAsync(workflow);
        return Result(workflow);
    }

    public async Task<RunWorkflowResult> RunAsync(WorkflowGraph workflowGraph, WorkflowState workflowState, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default)
    {
        var workflow = WorkflowStates.Open(workflowState, services, workflowGraph, time, cancellationToken);
        workflow.StimulusInput = options?.Input;
        Prepare(workflow, options);
        foreach (var (name, value) in options?.Variables ?? new Dictionary<string, object>(StringComparer.Ordinal))
            workflow.RootContext?.SetVariable(name, value);
        await GoOnAsync(workflow, options);
        return Result(workflow);
    }

    private static async Task GoOnAsync(WorkflowExecutionContext workflow, RunWorkflowOptions? options)
    {
        if (options?.BookmarkId is { Length: > 0 } bookmarkId)
        {
            if (workflow.Bookmarks.FirstOrDefault(bookmark => bookmark.Id == bookmarkId) is { } bookmark)
                await Burst.ResumeAsync(workflow, bookmark);
        }
        else if (options?.ActivityHandle is { } handle)
        {
            if (workflow.ActivityExecutionContexts.FirstOrDefault(context => Names(handle, context)) is { } context)
                await Burst.RepeatAsync(workflow, context);
        }
        else if (workflow.SubStatus == WorkflowSubStatus.Pending)
        {
            await Burst.StartAsync(workflow);
        }
    }

    private static bool Names(ActivityHandle handle, ActivityExecutionContext context) =>
        handle.ActivityInstanceId is { } execution ? context.Id == execution : context.Activity.Id == handle.ActivityId || context.NodeId == handle.ActivityNodeId;

    private static void Prepare(WorkflowExecutionContext workflow, RunWorkflowOptions? options)
    {
        workflow.CorrelationId = options?.CorrelationId ?? workflow.CorrelationId;
        workflow.TriggerActivityId = options?.TriggerActivityId;
        workflow.ParentWorkflowInstanceId = options?.ParentWorkflowInstanceId ?? workflow.ParentWorkflowInstanceId;
        workflow.Input = new Dictionary<string, object>(workflow.StartInput, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in options?.Input ?? new Dictionary<string, object>(StringComparer.Ordinal))
            workflow.Input[name] = value;
        foreach (var (name, value) in options?.Properties ?? new Dictionary<string, object>(StringComparer.Ordinal))
            workflow.Properties[name] = value;
    }

    private static RunWorkflowResult Result(WorkflowExecutionContext workflow)
    {
        var result = workflow.Workflow.ResultVariable is { } variable && workflow.RootContext is { } root && root.TryGet(variable, out var value) ? value : null;
        var entries = workflow.Journal.Entries.Select((entry, index) => Entry(entry, workflow.Journal.Offset + index)).ToList();
        var executions = workflow.Touched.Union(workflow.ActivityExecutionContexts).OrderBy(context => context.Number).ToList();
        return new(workflow, WorkflowStates.Of(workflow), workflow.Workflow, result, new(entries, executions));
    }

    private static WorkflowExecutionLogEntry Entry(JournalEntry entry, long sequence) => new(
        entry.Context.Id,
        entry.Context.ParentActivityExecutionContext?.Id,
        entry.Context.Activity.Id,
        entry.Context.Activity.Type,
        entry.Context.Activity.Version,
        entry.Context.Activity.Name,
        entry.Context.NodeId,
        entry.Context.ActivityState,
        entry.At,
        sequence,
        entry.Event,
        entry.Message,
        entry.Source,
        entry.Payload);
}
