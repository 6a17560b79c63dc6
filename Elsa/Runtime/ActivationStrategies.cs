using Elsa.Workflows.Activities;

namespace Elsa.Workflows
{
    /// <summary>The start that a strategy allows or denies.</summary>
    /// <param name="Workflow">The version that would start.</param>
    /// <param name="CorrelationId">What the new instance would be found by; null is none.</param>
    /// <param name="CancellationToken">Cancelled when the start is given up.</param>
    public record WorkflowInstantiationStrategyContext(Workflow Workflow, string? CorrelationId, CancellationToken CancellationToken);

    /// <summary>Decides whether another instance of a definition may start. The runtime carries out its own strategies by name.</summary>
    public interface IWorkflowActivationStrategy;
}

namespace Elsa.Workflows.ActivationValidators
{
    /// <summary>Every start is allowed.</summary>
    public class AllowAlwaysStrategy : IWorkflowActivationStrategy;
}

namespace Elsa.Workflows.Runtime.ActivationValidators
{
    /// <summary>One running instance of the definition at a time.</summary>
    public class SingletonStrategy : IWorkflowActivationStrategy;

    /// <summary>One running instance with a correlation id at a time, whatever its definition.</summary>
    public class CorrelationStrategy : IWorkflowActivationStrategy;

    /// <summary>One running instance of the definition with a correlation id at a time.</summary>
    public class CorrelatedSingletonStrategy : IWorkflowActivationStrategy;
}
