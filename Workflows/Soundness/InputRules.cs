using System.Reflection;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using TongBan.Activities;

namespace TongBan.Workflows.Soundness;

/// <summary>What a step needs to be told is told.</summary>
internal static class InputRules
{
    /// <summary>Without these a wait of Elsa's would never end.</summary>
    private static readonly Dictionary<string, (string Input, string Text)> Waits = new(StringComparer.Ordinal)
    {
        ["Elsa.Event"] = ("EventName", "事件名称"), ["Elsa.Delay"] = ("TimeSpan", "时长"), ["Elsa.Timer"] = ("Interval", "间隔"), ["Elsa.Cron"] = ("CronExpression", "时间表"),
        ["Elsa.StartAt"] = ("DateTime", "时间"), ["Elsa.RunTask"] = ("TaskName", "任务名称"),
    };

    public static IEnumerable<Finding> Missing(Plan plan) => plan.Steps.SelectMany(step => Leaving.IsOurs(step.Activity) ? Ours(plan, step) : Elsas(plan, step));

    private static IEnumerable<Finding> Ours(Plan plan, Step step)
    {
        foreach (var part in Parts.Inputs(step.Activity))
        {
            if (IsBlank(part.Expression) && (IsRequired(part) || IsRequired(step.Activity, part)))
                yield return new("missing-input", $"{plan.Name(step)}没有填写{Wording.Input(part)}", step.Activity.Id);
            else if (Choice(part) is { } choices && part.Expression is { Type: "Literal", Value: string { Length: > 0 } value } && !choices.Offers(value))
                yield return new("wrong-input", $"{plan.Name(step)}的{Wording.Input(part)}不能是“{value}”", step.Activity.Id);
        }
    }

    private static IEnumerable<Finding> Elsas(Plan plan, Step step) =>
        Waits.TryGetValue(step.Activity.Type, out var needed) && IsBlank(Parts.Inputs(step.Activity).FirstOrDefault(part => part.Name == needed.Input)?.Expression)
            ? [new("missing-input", $"{plan.Name(step)}没有填写「{needed.Text}」，会一直等下去", step.Activity.Id)]
            : [];

    /// <summary>An input whose type does not allow null has to be given.</summary>
    private static bool IsRequired(Part part) =>
        part.Property is { } property && Nullable.GetUnderlyingType(part.Type) is null
        && new NullabilityInfoContext().Create(property).GenericTypeArguments is not [{ ReadState: NullabilityState.Nullable }];

    /// <summary>Mail goes to somebody, and its password to a phone.</summary>
    private static bool IsRequired(IActivity activity, Part part) =>
        activity is MailDocuments mail && part.Name is nameof(MailDocuments.Address) or nameof(MailDocuments.Phone) && mail.Channel.Expression is { Type: "Literal", Value: "Email" };

    private static bool IsBlank(Expression? expression) => expression is null || (expression.Value is null or "" && expression.Type != "Delegate")
        || (expression.Value is string text && string.IsNullOrWhiteSpace(text));

    private static Choices? Choice(Part part) =>
        part.Property?.GetCustomAttribute<InputAttribute>()?.UIHandler is { } handler && typeof(Choices).IsAssignableFrom(handler) ? (Choices?)Activator.CreateInstance(handler) : null;
}
