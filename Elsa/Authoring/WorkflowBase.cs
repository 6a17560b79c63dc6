using Elsa.Workflows.Memory;

namespace Elsa.Workflows;

/// <summary>Base of workflows that are written in code.</summary>
public abstract class WorkflowBase : IWorkflow
{
    async ValueTask IWorkflow.BuildAsync(IWorkflowBuilder builder, CancellationToken cancellationToken)
    {
        await BeforeBuildAsync(builder, cancellationToken);
        await BuildAsync(builder, cancellationToken);
        await AfterBuildAsync(builder, cancellationToken);
    }

    /// <summary>Override to build, when it awaits something.</summary>
    protected virtual ValueTask BuildAsync(IWorkflowBuilder builder, CancellationToken cancellationToken = default)
    {
        Build(builder);
        return ValueTask.CompletedTask;
    }

    /// <summary>Override to build.</summary>
    protected virtual void Build(IWorkflowBuilder builder)
    {
    }

    /// <summary>Override to do something before <see cref="BuildAsync"/>.</summary>
    protected virtual ValueTask BeforeBuildAsync(IWorkflowBuilder builder, CancellationToken cancellationToken = default) => default;

    /// <summary>Override to do something after <see cref="BuildAsync"/>.</summary>
    protected virtual ValueTask AfterBuildAsync(IWorkflowBuilder builder, CancellationToken cancellationToken = default) => default;
}

/// <summary>Base of workflows in code that yield a value.</summary>
/// <typeparam name="TResult">The value's type.</typeparam>
public abstract class WorkflowBase<TResult> : WorkflowBase
{
    /// <summary>Makes the variable that holds the value.</summary>
    protected WorkflowBase() => Result = new("Result", default!);

    /// <summary>The variable that holds the value.</summary>
    protected Variable<TResult> Result { get; }

    /// <inheritdoc />
    protected override ValueTask BeforeBuildAsync(IWorkflowBuilder builder, CancellationToken cancellationToken = default)
    {
        builder.Result = Result;
        return default;
    }

    /// <inheritdoc />
    protected override ValueTask AfterBuildAsync(IWorkflowBuilder builder, CancellationToken cancellationToken = default)
    {
        if (!builder.Variables.Contains(Result))
            builder.Variables.Add(Result);
        return default;
    }
}
