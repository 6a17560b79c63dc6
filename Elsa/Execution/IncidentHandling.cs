using Elsa.Workflows;
using Elsa.Workflows.IncidentStrategies;
using Elsa.Workflows.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Elsa.Execution;

/// <summary>Asks the definition's incident strategy, or the application's, what an incident does to its instance.</summary>
internal static class IncidentHandling
{
    public static void Decide(ActivityExecutionContext context)
    {
        try
        {
            StrategyOf(context.WorkflowExecutionContext).HandleIncident(context);
        }
        catch (Exception e) when (!Burst.IsOfTheBurst(e, context.CancellationToken))
        {
            // Nobody has said what is to happen, so the instance must not go on as if all were well.
            context.AddExecutionLogEntry("Incident Strategy Failed", e.Message);
            context.WorkflowExecutionContext.TransitionTo(WorkflowSubStatus.Faulted);
        }
    }

    private static IIncidentStrategy StrategyOf(WorkflowExecutionContext workflow)
    {
        var type = workflow.Workflow.Options.IncidentStrategyType ?? workflow.GetService<IOptions<IncidentOptions>>()?.Value.DefaultIncidentStrategy;
        if (type is null || type == typeof(FaultStrategy))
            return new FaultStrategy();
        if (type == typeof(ContinueWithIncidentsStrategy))
            return new ContinueWithIncidentsStrategy();
        // It may be registered under its own type, or as one of the strategies, or not at all.
        return (IIncidentStrategy?)workflow.GetService(type)
            ?? workflow.GetServices<IIncidentStrategy>().FirstOrDefault(strategy => strategy.GetType() == type)
            ?? (IIncidentStrategy)ActivatorUtilities.CreateInstance(workflow.ServiceProvider, type);
    }
}
