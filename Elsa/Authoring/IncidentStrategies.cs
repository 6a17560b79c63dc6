
namespace Elsa.Workflows
{
    /// <summary>Says what an incident does to its instance.</summary>
    public interface IIncidentStrategy
    {
        void HandleIncident(ActivityExecutionContext context);
    }
}

namespace Elsa.Workflows.IncidentStrategies
{
    /// <summary>The instance ends as faulted. The default.</summary>
    public class FaultStrategy : IIncidentStrategy
    {
        public void HandleIncident(ActivityExecutionContext context) => context.WorkflowExecutionContext.TransitionTo(WorkflowSubStatus.Faulted);
    }

    /// <summary>The other branches go on; the failed one waits until someone retries it.</summary>
    public class ContinueWithIncidentsStrategy : IIncidentStrategy
    {
        public void HandleIncident(ActivityExecutionContext context)
        {
        }
    }
}
