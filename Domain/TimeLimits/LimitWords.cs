using System.Globalization;
using System.Text;

namespace TongBan.Domain.TimeLimits;

/// <summary>Limits in the words of the people they concern.</summary>
public static class LimitWords
{
    /// <summary>The Chinese name of a limit.</summary>
    public static string Of(LimitKind kind) => kind switch
    {
        LimitKind.Promised => "承诺办结时限",
        LimitKind.Legal => "法定办结时限",
        LimitKind.Acceptance => "受理时限",
        LimitKind.Delivery => "送达时限",
        LimitKind.Step => "环节时限",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a limit."),
    };

    /// <summary>A length of time, such as 2小时5分, to the minute.</summary>
    public static string Of(TimeSpan span) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(span.Days > 0 ? $"{span.Days}天" : "")}{(span.Hours > 0 ? $"{span.Hours}小时" : "")}{(span.Minutes > 0 || span < TimeSpan.FromHours(1) ? $"{span.Minutes}分" : "")}");

    /// <summary>Why a day counted or not, such as 工作日，第3天 or 国庆节，不计入.</summary>
    public static string Of(LimitDay day) => (day.Rule switch
    {
        DayRule.WorkingDay or DayRule.CalendarDay or DayRule.MakeUpDay => $"{CountedAs(day)}，第{day.Number}天",
        DayRule.StartDay => "起算日，自次日起计入",
        DayRule.ReceiptMovedOn => $"{day.Name ?? "非工作日"}收件，视为下一个工作日收件",
        DayRule.Weekend => "周末，不计入",
        DayRule.Holiday => $"{day.Name}，不计入",
        DayRule.Stopped => $"{day.Name ?? "暂停"}期间，不计入",
        DayRule.StoppedOnLastDay => $"期限最后一日因{day.Name ?? "故"}暂停，不计入",
        _ => throw new ArgumentOutOfRangeException(nameof(day), day, "No such rule."),
    }) + (day.Published ? "" : "（本年放假安排尚未公布）");

    /// <summary>How a due date was got, in one paragraph for the applicant.</summary>
    public static string Explain(LimitKind kind, LimitAnswer answer)
    {
        var start = answer.Days.First(day => day.Rule == DayRule.StartDay);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Of(kind)}为{answer.Budget}个{(answer.DayKind == DayKind.Working ? "工作日" : "自然日")}，");
        text.Append(CultureInfo.InvariantCulture, $"自{Full(start.Date)}的次日起算");
        text.Append(answer.Days[0].Rule == DayRule.ReceiptMovedOn ? $"（{Full(answer.Days[0].Date)}为非工作日，视为{Short(start.Date)}收件）。" : "。");
        foreach (var (from, to, why) in Spans(answer.Days))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Short(from)}{(from == to ? "" : $"至{Short(to)}")}{why}，不计入。");
        }

        if (answer.DayKind == DayKind.Working && answer.Days.Any(day => day.Rule == DayRule.Weekend))
        {
            text.Append("其余周末不计入。");
        }

        text.Append(answer.Due is { } due
            ? $"最后一日为{Full(due)}。"
            : $"现已暂停，已用{answer.Used}天，还剩{answer.Left}天，恢复后的次日起继续计算。");
        return text.Append(answer.Final ? "" : "其中有的年份放假安排尚未公布，日期以公布后重新计算的为准。").ToString();
    }

    /// <summary>Holidays and stops, each run of days as one span; weekends inside a run belong to it.</summary>
    private static IEnumerable<(DateOnly From, DateOnly To, string Why)> Spans(IReadOnlyList<LimitDay> days)
    {
        for (var first = 0; first < days.Count; first++)
        {
            if (Reason(days[first]) is not { } why)
            {
                continue;
            }

            var last = first;
            while (last + 1 < days.Count && Reason(days[last + 1]) == why)
            {
                last++;
            }

            yield return (days[first].Date, days[last].Date, why);
            first = last;
        }
    }

    private static string? Reason(LimitDay day) => day.Rule switch
    {
        DayRule.Holiday => day.Name,
        DayRule.Stopped or DayRule.StoppedOnLastDay => $"因{day.Name ?? "故"}暂停",
        _ => null,
    };

    private static string CountedAs(LimitDay day) => day.Rule switch
    {
        DayRule.MakeUpDay => day.Name ?? "调休上班",
        DayRule.CalendarDay => "自然日",
        _ => "工作日",
    };

    private static string Full(DateOnly date) => date.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    private static string Short(DateOnly date) => date.ToString("M月d日", CultureInfo.InvariantCulture);
}
