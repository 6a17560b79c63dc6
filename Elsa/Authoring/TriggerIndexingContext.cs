using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>The workflow whose triggers are stored when it is published.</summary>
public class WorkflowIndexingContext(Workflow workflow, CancellationToken cancellationToken)
{
    public Workflow Workflow { get; } = workflow;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>What a trigger may use to name its stimuli: its inputs, but no running instance.</summary>
public class TriggerIndexingContext(WorkflowIndexingContext workflowIndexingContext, ExpressionExecutionContext expressionExecutionContext, ITrigger trigger, CancellationToken cancellationToken)
{
    public WorkflowIndexingContext WorkflowIndexingContext { get; } = workflowIndexingContext;

    public ExpressionExecutionContext ExpressionExecutionContext { get; } = expressionExecutionContext;

    public ITrigger Trigger { get; } = trigger;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The name of the stimulus; the activity's type unless the trigger sets another.</summary>
    public string TriggerName { get; set; } = trigger.Type;

    public T? Get<T>(Input<T>? input) => ExpressionExecutionContext.Get(input);
}
