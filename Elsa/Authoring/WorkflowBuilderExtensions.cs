using Elsa.Workflows;
using Elsa.Workflows.Activities;

namespace Elsa.Extensions;

/// <summary>Builds workflows by their class.</summary>
public static class WorkflowBuilderExtensions
{
    /// <summary>Lets a new <typeparamref name="T"/> describe itself on this builder, and returns the outcome.</summary>
    public static Task<Workflow> BuildWorkflowAsync<T>(this IWorkflowBuilder builder, CancellationToken cancellationToken = default) where T : IWorkflow, new() =>
        builder.BuildWorkflowAsync(new T(), cancellationToken);
}
