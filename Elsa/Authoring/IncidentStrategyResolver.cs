using Elsa.Workflows.IncidentStrategies;
using Elsa.Workflows.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Elsa.Workflows;

/// <summary>Finds the strategy that decides about an incident. An application that registers another one chooses itself.</summary>
public interface IIncidentStrategyResolver
{
    /// <param name="context">The execution that failed.</param>
    /// <param name="cancellationToken">Gives up the burst.</param>
    ValueTask<IIncidentStrategy> ResolveStrategyAsync(ActivityExecutionContext context, CancellationToken cancellationToken = default);
}

/// <summary>The definition's strategy, else the application's, else <see cref="FaultStrategy"/>.</summary>
/// <param name="options">Name the application's.</param>
/// <param name="serviceProvider">Has the strategies, under their own types or as <see cref="IIncidentStrategy"/>; what it has not is made.</param>
public class DefaultIncidentStrategyResolver(IOptions<IncidentOptions> options, IServiceProvider serviceProvider) : IIncidentStrategyResolver
{
    /// <inheritdoc />
    public ValueTask<IIncidentStrategy> ResolveStrategyAsync(ActivityExecutionContext context, CancellationToken cancellationToken = default)
    {
        var type = context.WorkflowExecutionContext.Workflow.Options.IncidentStrategyType ?? options.Value.DefaultIncidentStrategy ?? typeof(FaultStrategy);
        return new((IIncidentStrategy?)serviceProvider.GetService(type)
            ?? serviceProvider.GetServices<IIncidentStrategy>().FirstOrDefault(strategy => strategy.GetType() == type)
            ?? (IIncidentStrategy)ActivatorUtilities.CreateInstance(serviceProvider, type));
    }
}
