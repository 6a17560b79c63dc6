using Elsa.Definitions;
using Elsa.Expressions;
using Elsa.Workflows.Activities;
using TongBan.Workflows.Soundness;

namespace TongBan.Host.Workflows;

/// <summary>Lets a workflow of cases go live only when it is sound; other workflows are published as Elsa does.</summary>
internal sealed class WorkflowGate : IDefinitionValidator
{
    /// <summary>What keeps the workflow from going live.</summary>
    public static IReadOnlyList<Finding> Check(Workflow workflow) => SoundnessCheck.Concerns(workflow) ? SoundnessCheck.Check(workflow, ExpressionSyntax.FindError) : [];

    public ValueTask<IReadOnlyList<string>> ValidateAsync(Workflow workflow, CancellationToken cancellationToken = default) =>
        new([.. Check(workflow).Select(finding => finding.Message)]);
}
