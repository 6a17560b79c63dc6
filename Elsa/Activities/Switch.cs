using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Elsa.Definitions;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Activities;

/// <summary>Runs the activities whose conditions hold.</summary>
[Activity("Elsa", "Branching", "Evaluate a set of case conditions and schedule the activity for a matching case.")]
public class Switch : Activity
{
    private const string Remaining = "Remaining";

    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Switch([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Never set; kept because Elsa declares it.</summary>
    public Output<object>? Output { get; set; }

    /// <summary>Asked in this order.</summary>
    [Input(Description = "The cases to evaluate.", UIHint = "switch-editor")]
    public ICollection<SwitchCase> Cases { get; set; } = [];

    /// <summary>Only the first case that holds (the default), which leaves later conditions unevaluated, or every one.</summary>
    [Input(Description = "The switch mode determines whether the first match should be scheduled, or all matches.", UIHint = InputUIHints.DropDown)]
    public Input<SwitchMode> Mode { get; set; } = new(SwitchMode.MatchFirst);

    /// <summary>Run when no case holds; without one the activity completes.</summary>
    [Port]
    public IActivity? Default { get; set; }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var matches = new List<SwitchCase>();
        foreach (var candidate in Cases)
        {
            if (!(await ExpressionEvaluator.EvaluateAsync(candidate.Condition, typeof(bool), context.ExpressionExecutionContext)).ConvertTo<bool>())
                continue;
            matches.Add(candidate);
            if (context.Get(Mode) == SwitchMode.MatchFirst)
                break;
        }

        var activities = (matches.Count == 0 ? [Default] : matches.Select(match => match.Activity)).OfType<IActivity>().ToList();
        context.SetProperty(Remaining, activities.Count);
        if (activities.Count == 0)
            await context.CompleteActivityAsync();
        await context.ScheduleActivities(activities, OnChildActivityCompletedAsync);
    }

    private static async ValueTask OnChildActivityCompletedAsync(ActivityCompletedContext context)
    {
        if (context.TargetContext.UpdateProperty<int>(Remaining, count => count - 1) == 0)
            await context.TargetContext.CompleteActivityAsync();
    }
}

/// <summary>A condition and the activity it leads to.</summary>
public class SwitchCase : IActivityHolder
{
    /// <summary>A case that never holds, until <see cref="Condition"/> is set.</summary>
    [JsonConstructor]
    public SwitchCase()
    {
    }

    /// <summary>Holds when <paramref name="condition"/> yields true.</summary>
    public SwitchCase(string label, Expression condition, IActivity activity) => (Label, Condition, Activity) = (label, condition, activity);

    /// <summary>Holds when a delegate says so that sees variables and inputs and awaits something.</summary>
    public SwitchCase(string label, Func<ExpressionExecutionContext, ValueTask<bool>> condition, IActivity activity) : this(label, Expression.DelegateExpression(condition), activity)
    {
    }

    /// <summary>Holds when a delegate says so that sees variables and inputs.</summary>
    public SwitchCase(string label, Func<ExpressionExecutionContext, bool> condition, IActivity activity) : this(label, Expression.DelegateExpression(condition), activity)
    {
    }

    /// <summary>Holds when a delegate says so.</summary>
    public SwitchCase(string label, Func<bool> condition, IActivity activity) : this(label, Expression.DelegateExpression(condition), activity)
    {
    }

    /// <summary>What the designer writes at the case's port.</summary>
    public string Label { get; set; } = null!;

    /// <summary>Converted to <see cref="bool"/>; false when it is not set.</summary>
    public Expression Condition { get; set; } = Expression.LiteralExpression(false);

    /// <summary>Run when the condition holds; null runs nothing.</summary>
    public IActivity? Activity { get; set; }
}
