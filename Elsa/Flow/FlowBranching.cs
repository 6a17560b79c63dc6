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
        /// <summary>A case that never holds, until <see cref="Condition"/> is set.</summary>
        [JsonConstructor]
        public FlowSwitchCase()
        {
        }

        /// <summary>Holds when <paramref name="condition"/> yields true.</summary>
        public FlowSwitchCase(string label, Expression condition) => (Label, Condition) = (label, condition);

        /// <summary>Holds when a delegate says so that sees variables and inputs and awaits something.</summary>
        public FlowSwitchCase(string label, Func<ExpressionExecutionContext, ValueTask<bool>> condition) : this(label, Expression.DelegateExpression(condition))
        {
        }

        /// <summary>Holds when a delegate says so that awaits something.</summary>
        public FlowSwitchCase(string label, Func<ValueTask<bool>> condition) : this(label, Expression.DelegateExpression(condition))
        {
        }

        /// <summary>Holds when a delegate says so that sees variables and inputs.</summary>
        public FlowSwitchCase(string label, Func<ExpressionExecutionContext, bool> condition) : this(label, Expression.DelegateExpression(condition))
        {
        }

        /// <summary>Holds when a delegate says so.</summary>
        public FlowSwitchCase(string label, Func<bool> condition) : this(label, Expression.DelegateExpression(condition))
        {
        }

        /// <summary>The outcome the case leads to, which is also what the designer writes at the port.</summary>
        public string Label { get; set; } = null!;

        /// <summary>Converted to <see cref="bool"/>; false when it is not set.</summary>
        public Expression Condition { get; set; } = Expression.LiteralExpression(false);
    }
}

namespace Elsa.Workflows.Activities.Flowchart.Activities
{
    /// <summary>Leaves by several outcomes at once.</summary>
    [Activity("Elsa", "Branching", "Branch execution into multiple branches that will be executed in parallel.", DisplayName = "Fork (flow)")]
    public class FlowFork : Activity
    {
        /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
        public FlowFork([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        /// <summary>The outcomes, all of which are followed. Null leaves by "Done".</summary>
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
        /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
        public FlowDecision([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        /// <summary>Decides by a delegate that sees variables and inputs.</summary>
        public FlowDecision(Func<ExpressionExecutionContext, bool> condition, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Condition = new(condition);

        /// <summary>Decides by a delegate that sees variables and inputs and awaits something.</summary>
        public FlowDecision(Func<ExpressionExecutionContext, ValueTask<bool>> condition, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Condition = new(condition);

        /// <summary>True leaves by "True", anything else by "False"; false when it is not set.</summary>
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
        /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
        public FlowSwitch([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        /// <summary>Asked in this order. When none holds, the switch is left by "Default".</summary>
        [Input(UIHint = "flow-switch-editor")]
        public ICollection<FlowSwitchCase> Cases { get; set; } = [];

        /// <summary>Only the first case that holds (the default), which leaves later conditions unevaluated, or every one.</summary>
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
