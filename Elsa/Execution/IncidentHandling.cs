using Elsa.Workflows;
using Elsa.Workflows.Options;

namespace Elsa.Execution;

/// <summary>Asks the incident strategy what an incident does to its instance.</summary>
internal static class IncidentHandling
{
    public static async ValueTask DecideAsync(ActivityExecutionContext context)
    {
        try
        {
            var workflow = context.WorkflowExecutionContext;
            var resolver = ResolverOf(workflow);
            await workflow.ServiceProvider.BeginForAsync(resolver, context.CancellationToken);
            var strategy = await resolver.ResolveStrategyAsync(context, context.CancellationToken);
            await workflow.ServiceProvider.BeginForAsync(strategy, context.CancellationToken);
            strategy.HandleIncident(context);
        }
        catch (Exception e) when (!Burst.IsOfTheBurst(e, context.CancellationToken))
        {
            // Nobody has said what is to happen, so the instance must not go on as if all were well.
            context.AddExecutionLogEntry("Incident Strategy Failed", e.Message);
            context.WorkflowExecutionContext.TransitionTo(WorkflowSubStatus.Faulted);
        }
    }

    private static IIncidentStrategyResolver ResolverOf(WorkflowExecutionContext workflow) =>
        workflow.GetService<IIncidentStrategyResolver>() ?? new DefaultIncidentStrategyResolver(Microsoft.Extensions.Options.Options.Create(new IncidentOptions()), workflow.ServiceProvider);
}
