using Elsa.Workflows.Activities.Flowchart.Models;

namespace Elsa.Workflows;

/// <summary>A child is complete, and its parent is told.</summary>
/// <param name="TargetContext">The parent.</param>
/// <param name="ChildContext">The child.</param>
/// <param name="Result">What the child completed with, usually <see cref="Outcomes"/>.</param>
public record ActivityCompletedContext(ActivityExecutionContext TargetContext, ActivityExecutionContext ChildContext, object? Result = default)
{
    /// <summary>The instance.</summary>
    public WorkflowExecutionContext WorkflowExecutionContext => TargetContext.WorkflowExecutionContext;

    /// <summary>Cancelled when the burst is given up.</summary>
    public CancellationToken CancellationToken => WorkflowExecutionContext.CancellationToken;

    /// <summary>A service of the burst's scope.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T GetRequiredService<T>() where T : notnull => WorkflowExecutionContext.GetRequiredService<T>();

    /// <summary>Completes the parent.</summary>
    public async ValueTask CompleteActivityAsync(object? result = default) => await TargetContext.CompleteActivityAsync(result);

    /// <summary>Completes the parent through the given outcomes.</summary>
    public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => CompleteActivityAsync(new Outcomes(outcomes));
}
