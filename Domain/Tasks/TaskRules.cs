using TongBan.Domain.Cases;

namespace TongBan.Domain.Tasks;

/// <summary>What a person must add for an outcome, in one table.</summary>
public static class TaskRules
{
    private const int LongestText = 2000;

    /// <summary>The refusal, or null when the outcome can be taken as it is.</summary>
    public static Refusal? Check(HumanTask task, string outcome, TaskData data)
    {
        if (!task.Kind.Outcomes.Contains(outcome, StringComparer.Ordinal))
            return new OutcomeUnknown(task.Kind, outcome);

        var needed = (task.Kind.Code, outcome) switch
        {
            ("accept", "NotAccepted") => Text("reason", data.Reason, "请填写不予受理的理由"),
            ("accept" or "decide", "NeedsSupplement") => Missing(data),
            ("acknowledge", "Returned") => Text("reason", data.Reason, "请填写退回的理由"),
            ("decide", "Approved") => Text("documentNumber", data.DocumentNumber, "请填写批文或证照编号"),
            ("decide", "Rejected") => Text("reason", data.Reason, "请填写不予许可的理由"),
            ("parcel-exception", "GiveUp" or "Arrived") => Text("reason", data.Reason, "请填写理由"),
            ("hand-over", "PickedUp") => Text("code", data.Code, "请输入取件码"),
            _ => null,
        };
        return needed ?? TooLong(data);
    }

    private static FieldInvalid? Text(string field, string? value, string problem) =>
        string.IsNullOrWhiteSpace(value) ? new FieldInvalid("data." + field, problem) : null;

    private static FieldInvalid? Missing(TaskData data) =>
        data.Missing is not { Count: > 0 } || data.Missing.Any(string.IsNullOrWhiteSpace)
            ? new FieldInvalid("data.missing", "请一次性列出需要补正的全部内容")
            : null;

    private static FieldInvalid? TooLong(TaskData data) =>
        new[] { data.Reason, data.Waybill, data.DocumentNumber, data.Procedure, data.Code, data.Receiver }
            .Concat(data.Missing ?? []).Any(t => t?.Length > LongestText)
            ? new FieldInvalid("data", $"每项文字不超过 {LongestText} 字")
            : null;
}

/// <summary>The task cannot end this way.</summary>
public sealed record OutcomeUnknown(TaskKind Task, string Outcome)
    : Refusal(RefusalKind.Invalid, "outcome_unknown", $"“{Task.Title}”没有结果 {Outcome}，可选：{string.Join("、", Task.Outcomes)}", "outcome");

/// <summary>Required materials are not there yet.</summary>
public sealed record MaterialsMissing(IReadOnlyList<string> Names)
    : Refusal(RefusalKind.Invalid, "materials_missing", $"材料未齐：{string.Join("、", Names)}", "outcome");

/// <summary>No such task, or not the caller's.</summary>
public sealed record TaskNotFound(Guid Id) : Refusal(RefusalKind.NotFound, "task_unknown", "没有这项待办");

/// <summary>Somebody completed it already, or the case went on without it.</summary>
public sealed record TaskClosed(Guid Id) : Refusal(RefusalKind.Conflict, "task_closed", "这项待办已经办结，不能重复提交");

/// <summary>The pick-up code does not belong to the case.</summary>
public sealed record PickupCodeWrong() : Refusal(RefusalKind.Invalid, "pickup_code_wrong", "取件码不正确", "data.code");
