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

    public Switch([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public Output<object>? Output { get; set; }

    [Input(Description = "The cases to evaluate.", UIHint = "switch-editor")]
    public ICollection<SwitchCase> Cases { get; set; } = [];

    [Input(Description = "The switch mode determines whether the first match should be scheduled, or all matches.", UIHint = InputUIHints.DropDown)]
    public Input<SwitchMode> Mode { get; set; } = new(SwitchMode.MatchFirst);

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
    [JsonConstructor]
    public SwitchCase()
    {
    }

    public SwitchCase(string label, Expression condition, IActivity activity) => (Label, Condition, Activity) = (label, condition, activity);

    public SwitchCase(string label, Func<ExpressionExecutionContext, ValueTask<bool>> condition, IActivity activity) : this(label, Expression.DelegateExpression(condition), activity)
    {
    }

    public SwitchCase(string label, Func<ExpressionExecutionContext, bool> condition, IActivity activity) : this(label, Expression.DelegateExpression(condition), activity)
    {
    }

    public SwitchCase(string label, Func<bool> condition, IActivity activity) : this(label, Expression.DelegateExpression(condition), activity)
    {
    }

    public string Label { get; set; } = null!;

    public Expression Condition { get; set; } = Expression.LiteralExpression(false);

    public IActivity? Activity { get; set; }
}
