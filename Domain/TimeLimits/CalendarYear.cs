namespace TongBan.Domain.TimeLimits;

/// <summary>A published year of a calendar: only the dates that differ from the plain week, and holidays on weekends.</summary>
/// <param name="Year">The calendar year, 2000 to 2100.</param>
/// <param name="Notice">The notice that says so.</param>
/// <param name="Days">Days off and make-up days.</param>
public sealed record CalendarYear(int Year, string Notice, IReadOnlyList<CalendarDay> Days)
{
    /// <summary>The earliest year of a calendar.</summary>
    public const int First = 2000;

    /// <summary>The latest year of a calendar.</summary>
    public const int Last = 2100;

    /// <summary>Why the year cannot be published, or null.</summary>
    public Refusal? Check()
    {
        if (Year is < First or > Last)
        {
            return new CalendarYearInvalid("year", $"年份须在{First}与{Last}之间，不能是{Year}。");
        }

        if (string.IsNullOrWhiteSpace(Notice))
        {
            return new CalendarYearInvalid("notice", "须写明公布放假安排的文件。");
        }

        var seen = new HashSet<DateOnly>();
        foreach (var day in Days)
        {
            var weekend = day.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var problem = day.Date.Year != Year ? "不在本年"
                : !seen.Add(day.Date) ? "重复"
                : day.Working && !weekend ? "本来就是工作日，不能是调休上班日"
                : string.IsNullOrWhiteSpace(day.Name) ? "没有名称"
                : null;
            if (problem is not null)
            {
                return new CalendarYearInvalid("days", $"{day.Date:yyyy-MM-dd}{problem}。");
            }
        }

        return null;
    }
}

/// <summary>A year cannot be published like this.</summary>
public sealed record CalendarYearInvalid(string FieldName, string Problem) : Refusal(RefusalKind.Invalid, "calendar_year_invalid", Problem, FieldName);
