using System.Reflection;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Attributes;

namespace TongBan.Workflows.Soundness;

/// <summary>Steps, outcomes and inputs as the person who draws the workflow knows them.</summary>
public static class Wording
{
    private static readonly Dictionary<string, string> Outcomes = new(StringComparer.Ordinal)
    {
        ["Done"] = "完成", ["True"] = "是", ["False"] = "否", ["Default"] = "其他情况",
        ["Complete"] = "齐全", ["Withdrawn"] = "撤件", ["Expired"] = "逾期", ["Accepted"] = "受理", ["NotAccepted"] = "不予受理", ["NeedsSupplement"] = "需要补正",
        ["Acknowledged"] = "签收", ["Returned"] = "退回", ["Failed"] = "推送失败", ["Approved"] = "准予", ["Rejected"] = "不予",
        ["Delivered"] = "送达", ["PickedUp"] = "领取", ["Lost"] = "遗失",
    };

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["Elsa.Flowchart"] = "流程图", ["Elsa.Sequence"] = "顺序", ["Elsa.If"] = "如果", ["Elsa.Switch"] = "多路选择", ["Elsa.For"] = "计数循环", ["Elsa.ForEach"] = "逐项循环",
        ["Elsa.ParallelForEach"] = "逐项并行", ["Elsa.While"] = "条件循环", ["Elsa.Parallel"] = "并行", ["Elsa.Fork"] = "分叉", ["Elsa.FlowDecision"] = "判断", ["Elsa.FlowSwitch"] = "多路判断",
        ["Elsa.FlowFork"] = "并行分支", ["Elsa.FlowJoin"] = "汇合", ["Elsa.Start"] = "开始", ["Elsa.End"] = "结束", ["Elsa.Finish"] = "终止", ["Elsa.Event"] = "等待事件", ["Elsa.Delay"] = "延时",
        ["Elsa.RunJavaScript"] = "运行脚本", ["Elsa.SetVariable"] = "设置变量", ["Elsa.WriteLine"] = "输出文字", ["Elsa.Fault"] = "报错",
    };

    private static readonly Dictionary<string, string> Inputs = new(StringComparer.Ordinal)
    {
        ["Condition"] = "条件", ["Branches"] = "分支", ["Mode"] = "汇合方式", ["Script"] = "脚本", ["EventName"] = "事件名称", ["TimeSpan"] = "时长", ["Value"] = "值", ["Text"] = "文字",
        ["Items"] = "各项", ["Input"] = "输入", ["Message"] = "说明",
    };

    /// <summary>Each step's text by its id.</summary>
    public static IReadOnlyDictionary<string, string> Names(Workflow workflow) =>
        new Plan(workflow).Steps.DistinctBy(step => step.Activity.Id, StringComparer.Ordinal).ToDictionary(step => step.Activity.Id, step => Text(step.Activity), StringComparer.Ordinal);

    /// <summary>What an outcome is called.</summary>
    public static string OutcomeText(string port) => Outcomes.GetValueOrDefault(port, port);

    /// <summary>
    /// The step's text on the canvas. Without one it is its type's name, with the name that the canvas shows above it; with its id when
    /// another step is called the same.
    /// </summary>
    internal static string Name(this Plan plan, Step step)
    {
        var text = Text(step.Activity);
        if (step.Activity is { Name: { Length: > 0 } name } && name != text && string.IsNullOrEmpty(step.Activity.GetDisplayText()))
            return $"「{text}」（{name}）";
        return plan.Steps.Any(other => other != step && Text(other.Activity) == text) ? $"「{text}」（{step.Activity.Id}）" : $"「{text}」";
    }

    internal static string Outcome(string port) => $"「{OutcomeText(port)}」";

    internal static string Input(Part part) => $"「{part.Property?.GetCustomAttribute<InputAttribute>()?.DisplayName ?? Inputs.GetValueOrDefault(part.Name, part.Name)}」";

    internal static string Text(IActivity activity) =>
        activity.GetDisplayText() is { Length: > 0 } text ? text
        : Types.TryGetValue(activity.Type, out var known) ? known
        : activity.GetType().GetCustomAttribute<ActivityAttribute>()?.DisplayName ?? activity.Name ?? activity.Type;
}
