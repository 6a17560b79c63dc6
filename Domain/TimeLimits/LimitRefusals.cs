namespace TongBan.Domain.TimeLimits;

/// <summary>A limit of no days, or of more than anyone means.</summary>
public sealed record LimitBudgetInvalid(int Days)
    : Refusal(RefusalKind.Invalid, "limit_budget_invalid", $"时限须为1至{LimitBounds.LongestBudget}天，不能是{Days}天。", "budgetDays");

/// <summary>A reason is missing or too long.</summary>
public sealed record LimitReasonMissing()
    : Refusal(RefusalKind.Invalid, "limit_reason_missing", "须写明事由，不超过200字。", "reason");

/// <summary>The case has a clock of this kind that has not ended.</summary>
public sealed record LimitAlreadyStarted(LimitKind LimitKind)
    : Refusal(RefusalKind.Conflict, "limit_already_started", $"“{LimitWords.Of(LimitKind)}”已经开始计时。", "kind");

/// <summary>The case has no clock of this kind that still counts.</summary>
public sealed record LimitNotStarted(LimitKind? LimitKind = null)
    : Refusal(RefusalKind.Conflict, "limit_not_started", LimitKind is { } kind ? $"“{LimitWords.Of(kind)}”没有在计时。" : "本办件没有在计时的时限。", "kind");

/// <summary>The clock stands already.</summary>
public sealed record LimitAlreadyStopped()
    : Refusal(RefusalKind.Conflict, "limit_already_stopped", "时限已经暂停，不能再次暂停。", "entry");

/// <summary>The clock is not standing.</summary>
public sealed record LimitNotStopped()
    : Refusal(RefusalKind.Conflict, "limit_not_stopped", "时限没有暂停，无须恢复。", "entry");

/// <summary>The clock has ended.</summary>
public sealed record LimitEnded()
    : Refusal(RefusalKind.Conflict, "limit_ended", "时限已经结束，不能再改动。", "entry");

/// <summary>The date lies before the ledger's last line.</summary>
public sealed record LimitOutOfOrder(DateOnly On, DateOnly Last)
    : Refusal(RefusalKind.Invalid, "limit_out_of_order", $"日期{On:yyyy-MM-dd}早于上一笔记录的日期{Last:yyyy-MM-dd}。", "at");

/// <summary>The date has not come yet.</summary>
public sealed record LimitInFuture(DateOnly On)
    : Refusal(RefusalKind.Invalid, "limit_in_future", $"日期{On:yyyy-MM-dd}还没有到。", "at");

/// <summary>Longer than 行政许可法 article 42 allows.</summary>
public sealed record ExtensionTooLong(int Days, int Longest)
    : Refusal(RefusalKind.Invalid, "extension_too_long", $"延长{Days}天超出了《行政许可法》第四十二条的范围，可延长1至{Longest}天。", "days");

/// <summary>Only one extension is lawful.</summary>
public sealed record ExtensionRepeated()
    : Refusal(RefusalKind.Conflict, "extension_repeated", "《行政许可法》第四十二条：时限只能延长一次，本办件已经延长过。", "days");

/// <summary>The due date has passed; nothing can be extended after it.</summary>
public sealed record ExtensionTooLate(DateOnly Due)
    : Refusal(RefusalKind.Conflict, "extension_too_late", $"时限已于{Due:yyyy-MM-dd}届满，不能再延长。", "days");

/// <summary>Nobody above the applicant of the extension has agreed to it.</summary>
public sealed record ExtensionNotApproved()
    : Refusal(RefusalKind.Invalid, "extension_not_approved", "延长时限须经本部门负责人批准，批准人不能是申请延长的人。", "approvedBy");
