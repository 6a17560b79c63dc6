using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;
using Elsa.Workflows.Options;
using Elsa.Workflows.State;

namespace Elsa.Workflows;

/// <summary>
/// Runs a workflow from its start or from a bookmark to its next wait, without a database: nothing is stored, and what it asks of
/// others (timers, calls, children, events to other instances) is not done. Tests of activities and workflows are made of it.
/// </summary>
public interface IWorkflowRunner
{
    /// <summary>Runs an activity as the root of a workflow of its own.</summary>
    Task<RunWorkflowResult> RunAsync(IActivity activity, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Builds a workflow that is written in code, and runs it.</summary>
    Task<RunWorkflowResult> RunAsync(IWorkflow workflow, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Builds a workflow that yields a value, and runs it.</summary>
    Task<RunWorkflowResult<TResult>> RunAsync<TResult>(WorkflowBase<TResult> workflow, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Builds a workflow by its class, and runs it.</summary>
    Task<RunWorkflowResult> RunAsync<T>(RunWorkflowOptions? options = null, CancellationToken cancellationToken = default) where T : IWorkflow, new();

    /// <summary>Builds a workflow by its class, runs it, and returns the value it yielded.</summary>
    Task<TResult> RunAsync<T, TResult>(RunWorkflowOptions? options = null, CancellationToken cancellationToken = default) where T : WorkflowBase<TResult>, new();

    /// <summary>Runs a workflow from its start.</summary>
    Task<RunWorkflowResult> RunAsync(Workflow workflow, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Goes on with an instance at the bookmark that <paramref name="options"/> names. Variables are kept by the rules of their storage.</summary>
    Task<RunWorkflowResult> RunAsync(Workflow workflow, WorkflowState workflowState, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs a compiled workflow from its start.</summary>
    Task<RunWorkflowResult> RunAsync(WorkflowGraph workflowGraph, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Goes on with an instance of a compiled workflow at the bookmark that <paramref name="options"/> names.</summary>
    Task<RunWorkflowResult> RunAsync(WorkflowGraph workflowGraph, WorkflowState workflowState, RunWorkflowOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>Compiles workflows.</summary>
public interface IWorkflowGraphBuilder
{
    /// <summary>The workflow with the paths of all its activities. Activities without an id get one.</summary>
    Task<WorkflowGraph> BuildAsync(Workflow workflow, CancellationToken cancellationToken = default);
}
