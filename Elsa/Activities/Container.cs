using System.Collections.ObjectModel;
using Elsa.Workflows.Memory;

namespace Elsa.Workflows.Activities;

/// <summary>Base of activities that hold others and declare variables for them.</summary>
public abstract class Container : Activity, IVariableContainer
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected Container(string? source = null, int? line = null) : base(source, line)
    {
    }

    /// <summary>The children, in the order in which they are written.</summary>
    public ICollection<IActivity> Activities { get; set; } = [];

    /// <summary>Declared for the children and everything below them, anew in each execution.</summary>
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
