using Elsa.Workflows;

namespace Elsa.Runtime;

/// <summary>
/// Writes what an application keeps beside an instance, in the transaction that stores the burst. Registered by the
/// application, scoped; it runs after the activities and before the state is stored.
/// </summary>
public interface IBurstParticipant
{
    /// <summary>Whether it has anything to write for this burst. When nobody has, the burst may be committed together with others.</summary>
    /// <param name="workflow">The instance as the burst left it.</param>
    bool Concerns(WorkflowExecutionContext workflow) => true;

    /// <param name="workflow">The instance as the burst left it.</param>
    /// <param name="cancellationToken">Gives up the burst.</param>
    Task OnBurstAsync(WorkflowExecutionContext workflow, CancellationToken cancellationToken);
}
