using Elsa.Workflows.Activities.Flowchart.Models;

namespace Elsa.Workflows;

/// <summary>A child is complete, and its parent is told.</summary>
/// <param name="TargetContext">The parent.</param>
/// <param name="ChildContext">The child.</param>
/// <param name="Result">What the child completed with, usually <see cref="Outcomes"/>.</param>
public record ActivityCompletedContext(ActivityExecutionContext TargetContext, ActivityExecutionContext ChildContext, object? Result = default)
{
    public WorkflowExecutionContext WorkflowExecutionContext => TargetContext.WorkflowExecutionContext;

    public CancellationToken CancellationToken => WorkflowExecutionContext.CancellationToken;

    public T GetRequiredService<T>() where T : notnull => WorkflowExecutionContext.GetRequiredService<T>();

    public async ValueTask CompleteActivityAsync(object? result = default) => await TargetContext.CompleteActivityAsync(result);

    public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => CompleteActivityAsync(new Outcomes(outcomes));
}
