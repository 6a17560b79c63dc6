using System.ComponentModel;

namespace Elsa.Workflows
{
    /// <summary>
    /// Says what an incident does to its instance. An application registers its own as a service of this type; definitions name
    /// them, and <c>IncidentOptions</c> names the one for definitions that do not.
    /// </summary>
    public interface IIncidentStrategy
    {
        /// <summary>
        /// Called in the burst in which an activity failed, when its incident is noted already. Leaving the instance as it is lets its
        /// other branches go on; <see cref="WorkflowExecutionContext.TransitionTo"/> ends it. What is thrown ends the instance as faulted.
        /// </summary>
        /// <param name="context">The execution that failed.</param>
        void HandleIncident(ActivityExecutionContext context);
    }
}

namespace Elsa.Workflows.IncidentStrategies
{
    /// <summary>The instance ends as faulted. The default.</summary>
    [Description("The instance ends as faulted.")]
    public class FaultStrategy : IIncidentStrategy
    {
        /// <inheritdoc />
        public void HandleIncident(ActivityExecutionContext context) => context.WorkflowExecutionContext.TransitionTo(WorkflowSubStatus.Faulted);
    }

    /// <summary>The other branches go on; the failed one waits until someone retries it.</summary>
    [Description("Other branches go on; the failed activity waits to be retried.")]
    public class ContinueWithIncidentsStrategy : IIncidentStrategy
    {
        /// <inheritdoc />
        public void HandleIncident(ActivityExecutionContext context)
        {
        }
    }
}

namespace Elsa.Workflows.Options
{
    /// <summary>What an application says of incidents.</summary>
    public class IncidentOptions
    {
        /// <summary>An <see cref="IIncidentStrategy"/>, for definitions that name none; null is <see cref="IncidentStrategies.FaultStrategy"/>.</summary>
        public Type? DefaultIncidentStrategy { get; set; }
    }
}
