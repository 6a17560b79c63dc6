using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Activities.Flowchart.Models
{
    /// <summary>A condition and the outcome it leads to.</summary>
    public class FlowSwitchCase
    {
        [JsonConstructor]
        public FlowSwitchCase()
        {
        }

        public FlowSwitchCase(string label, Expression condition) => (Label, Condition) = (label, condition);

        public FlowSwitchCase(string label, Func<ExpressionExecutionContext, ValueTask<bool>> condition) : this(label, Expression.DelegateExpression(condition))
        {
        }

        public FlowSwitchCase(string label, Func<ValueTask<bool>> condition) : this(label, Expression.DelegateExpression(condition))
        {
        }

        public FlowSwitchCase(string label, Func<ExpressionExecutionContext, bool> condition) : this(label, Expression.DelegateExpression(condition))
        {
        }

        public FlowSwitchCase(string label, Func<bool> condition) : this(label, Expression.DelegateExpression(condition))
        {
        }

        public string Label { get; set; } = null!;

        public Expression Condition { get; set; } = Expression.LiteralExpression(false);
    }
}

namespace Elsa.Workflows.Activities.Flowchart.Activities
{
    /// <summary>Leaves by several outcomes at once.</summary>
    [Activity("Elsa", "Branching", "Branch execution into multiple branches that will be executed in parallel.", DisplayName = "Fork (flow)")]
    public class FlowFork : Activity
    {
        public FlowFork([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        [Input(Description = "A list of expected outcomes to handle.", UIHint = InputUIHints.DynamicOutcomes)]
        public Input<ICollection<string>> Branches { get; set; } = null!;

        /// <inheritdoc />
        protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
            context.CompleteActivityWithOutcomesAsync(Branches.GetOrDefault(context)?.ToArray() ?? ["Done"]);
    }

    /// <summary>Leaves by one of two outcomes.</summary>
    [FlowNode("True", "False")]
    [Activity("Elsa", "Branching", "Evaluate a Boolean condition to determine which path to execute next.", DisplayName = "Decision")]
    public class FlowDecision : Activity
    {
        public FlowDecision([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        public FlowDecision(Func<ExpressionExecutionContext, bool> condition, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Condition = new(condition);

        public FlowDecision(Func<ExpressionExecutionContext, ValueTask<bool>> condition, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Condition = new(condition);

        [Input(UIHint = InputUIHints.SingleLine)]
        public Input<bool> Condition { get; set; } = new(new Literal<bool>(false));

        /// <inheritdoc />
        protected override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
            context.CompleteActivityWithOutcomesAsync(context.Get(Condition) ? "True" : "False");
    }

    /// <summary>Leaves by the outcomes whose conditions hold.</summary>
    [FlowNode("Default")]
    [Activity("Elsa", "Branching", "Evaluate a set of case conditions and schedule the activity for a matching case.", DisplayName = "Switch (flow)")]
    public class FlowSwitch : Activity
    {
        public FlowSwitch([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        [Input(UIHint = "flow-switch-editor")]
        public ICollection<FlowSwitchCase> Cases { get; set; } = [];

        [Input(Description = "The switch mode determines whether the first match should be scheduled, or all matches.", UIHint = InputUIHints.DropDown)]
        public Input<SwitchMode> Mode { get; set; } = new(SwitchMode.MatchFirst);

        /// <inheritdoc />
        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            var labels = new List<string>();
            foreach (var candidate in Cases)
            {
                if (!(await ExpressionEvaluator.EvaluateAsync(candidate.Condition, typeof(bool), context.ExpressionExecutionContext)).ConvertTo<bool>())
                    continue;
                labels.Add(candidate.Label);
                if (context.Get(Mode) == SwitchMode.MatchFirst)
                    break;
            }

            await context.CompleteActivityAsync(new Outcomes(labels.Count == 0 ? ["Default"] : [.. labels]));
        }
    }
}
