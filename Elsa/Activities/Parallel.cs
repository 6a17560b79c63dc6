using Elsa.Extensions;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Signals;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Activities;

/// <summary>Runs its activities at once and waits for all.</summary>
[Activity("Elsa", "Workflows", "Execute a set of activities in parallel.")]
[Browsable(false)]
public class Parallel : Container
{
    private const string Remaining = "ScheduledChildren";

    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Parallel([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Runs these activities at once. "At once" means within one burst, each up to its first wait; nothing runs on two threads.</summary>
    public Parallel(params IActivity[] activities) : this() => Activities = activities;

    /// <inheritdoc />
    protected override async ValueTask ScheduleChildrenAsync(ActivityExecutionContext context)
    {
        if (Activities.Count == 0)
            await context.CompleteActivityAsync();
        context.SetProperty(Remaining, Activities.Count);
        await context.ScheduleActivities(Activities, OnChildCompleted);
    }

    private static async ValueTask OnChildCompleted(ActivityCompletedContext context)
    {
        if (context.TargetContext.UpdateProperty<int>(Remaining, count => count - 1) == 0)
            await context.TargetContext.CompleteActivityAsync();
    }
}

/// <summary>Runs its branches at once and waits for all or for the first.</summary>
[Activity("Elsa", "Control Flow", "Branch execution into multiple branches.")]
[Browsable(false)]
public class Fork : Activity
{
    private const string Completed = "Completed";

    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Fork([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line) =>
        OnSignalReceived<BreakSignal>((_, context) => context.ReceiverActivityExecutionContext.SetIsBreaking());

    /// <summary>When the fork is complete: after all branches (the default) or after the first.</summary>
    [Input(Description = "Controls when this activity yields control back to its parent activity.", UIHint = InputUIHints.DropDown)]
    public ForkJoinMode JoinMode { get; set; } = ForkJoinMode.WaitAll;

    /// <summary>What is started together; none completes the fork at once.</summary>
    public ICollection<IActivity> Branches { get; set; } = [];

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (Branches.Count == 0)
            await context.CompleteActivityAsync();
        await context.ScheduleActivities(Branches, CompleteChildAsync);
    }

    private async ValueTask CompleteChildAsync(ActivityCompletedContext context)
    {
        var completed = context.TargetContext.UpdateProperty<int>(Completed, count => count + 1);
        if (JoinMode == ForkJoinMode.WaitAny || completed == Branches.Count || context.TargetContext.GetIsBreaking())
            await context.TargetContext.CompleteActivityAsync();
    }
}
