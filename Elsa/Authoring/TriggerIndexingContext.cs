using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>The workflow whose triggers are stored when it is published.</summary>
/// <param name="workflow">The version that is being published.</param>
/// <param name="cancellationToken">Cancelled when publishing is given up.</param>
public class WorkflowIndexingContext(Workflow workflow, CancellationToken cancellationToken)
{
    /// <summary>The version that is being published.</summary>
    public Workflow Workflow { get; } = workflow;

    /// <summary>Cancelled when publishing is given up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>What a trigger may use to name its stimuli: its inputs, but no running instance.</summary>
/// <param name="workflowIndexingContext">The workflow around the trigger.</param>
/// <param name="expressionExecutionContext">Evaluates the trigger's inputs.</param>
/// <param name="trigger">The trigger whose stimuli are asked for.</param>
/// <param name="cancellationToken">Cancelled when publishing is given up.</param>
public class TriggerIndexingContext(WorkflowIndexingContext workflowIndexingContext, ExpressionExecutionContext expressionExecutionContext, ITrigger trigger, CancellationToken cancellationToken)
{
    /// <summary>The workflow around the trigger.</summary>
    public WorkflowIndexingContext WorkflowIndexingContext { get; } = workflowIndexingContext;

    /// <summary>Evaluates the trigger's inputs. There is no instance, so variables have their initial values.</summary>
    public ExpressionExecutionContext ExpressionExecutionContext { get; } = expressionExecutionContext;

    /// <summary>The trigger whose stimuli are asked for.</summary>
    public ITrigger Trigger { get; } = trigger;

    /// <summary>Cancelled when publishing is given up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The name of the stimulus; the activity's type unless the trigger sets another.</summary>
    public string TriggerName { get; set; } = trigger.Type;

    /// <summary>The value of an input of the trigger; the type's default when the input is not set.</summary>
    public T? Get<T>(Input<T>? input) => ExpressionExecutionContext.Get(input);
}
