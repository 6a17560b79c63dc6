namespace TongBan.Domain.TimeLimits;

/// <summary>The rule by which a day was counted or skipped, in words.</summary>
public static class DayWords
{
    /// <summary>For example <c>法定节假日（国庆节），不计</c>.</summary>
    public static string Of(LimitDay day) => day.Rule switch
    {
        DayRule.WorkingDay => $"工作日，第{day.Number}天",
        DayRule.MakeUpDay => $"调休上班日，第{day.Number}天",
        DayRule.CalendarDay => $"自然日，第{day.Number}天",
        DayRule.ReceiptMovedOn => $"非工作日收件，顺延到下一工作日{Named(day)}",
        DayRule.StartDay => "受理当日，次日起算",
        DayRule.Weekend => "周末，不计",
        DayRule.Holiday => $"法定节假日{Named(day)}，不计",
        DayRule.Stopped => $"暂停计时{Named(day)}，不计",
        DayRule.StoppedOnLastDay => $"到期日暂停计时{Named(day)}，不计",
        _ => throw new ArgumentOutOfRangeException(nameof(day), day.Rule, "A rule without words."),
    };

    private static string Named(LimitDay day) => day.Name is { Length: > 0 } name ? $"（{name}）" : "";
}
