using System.Collections.ObjectModel;
using Elsa.Workflows.Memory;

namespace Elsa.Workflows.Activities;

/// <summary>Base of activities that hold others and declare variables for them.</summary>
public abstract class Container : Activity, IVariableContainer
{
    protected Container(string? source = null, int? line = null) : base(source, line)
    {
    }

    public ICollection<IActivity> Activities { get; set; } = [];

    public ICollection<Variable> Variables { get; set; } = new Collection<Variable>();

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.ExpressionExecutionContext.Memory.Declare(Variables);
        await ScheduleChildrenAsync(context);
    }

    /// <summary>Override to start the children.</summary>
    protected virtual ValueTask ScheduleChildrenAsync(ActivityExecutionContext context)
    {
        ScheduleChildren(context);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="ScheduleChildrenAsync" />
    protected virtual void ScheduleChildren(ActivityExecutionContext context)
    {
    }
}
