using Elsa.Workflows;

namespace Elsa.Runtime;

/// <summary>Hears of bursts after they are committed. What it does must not be needed: a crash loses it.</summary>
internal interface IInstanceObserver
{
    Task OnChangedAsync(WorkflowExecutionContext workflow, CancellationToken cancellationToken);
}

/// <summary>Tells the observers of this host.</summary>
internal sealed class InstanceChanges(IEnumerable<IInstanceObserver> observers)
{
    public async Task PublishAsync(WorkflowExecutionContext workflow, CancellationToken cancellationToken)
    {
        foreach (var observer in observers)
            await observer.OnChangedAsync(workflow, cancellationToken);
    }
}
