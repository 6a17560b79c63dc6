namespace TongBan.Domain.TimeLimits;

/// <summary>Why a date is a working day or not.</summary>
public enum DateNature
{
    /// <summary>工作日: Monday to Friday with nothing else said.</summary>
    Weekday,

    /// <summary>调休上班: a weekend day on which people work.</summary>
    MakeUpDay,

    /// <summary>周末.</summary>
    Weekend,

    /// <summary>法定节假日, or another day off that the calendar names.</summary>
    Holiday,
}

/// <summary>A date on which a calendar differs from the plain week.</summary>
/// <param name="Date">The date.</param>
/// <param name="Working">True for a make-up day, false for a day off.</param>
/// <param name="Name">What it is, such as 国庆节.</param>
public sealed record CalendarDay(DateOnly Date, bool Working, string Name);

/// <summary>
/// The working days of a place: the plain week, changed by days off and make-up days. Years that nobody has published
/// have weekends only and are marked. Immutable.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly Dictionary<DateOnly, CalendarDay> _days;
    private readonly HashSet<int> _published;

    /// <param name="days">The days that differ; where a date comes twice the later one counts, so that a place overlays its city.</param>
    /// <param name="publishedYears">The years whose holidays are known.</param>
    /// <param name="receiptMovesOn">What is received on a day that does not count is taken as accepted on the next working day.</param>
    public WorkingCalendar(IEnumerable<CalendarDay> days, IEnumerable<int> publishedYears, bool receiptMovesOn = true)
    {
        _days = [];
        foreach (var day in days)
        {
            _days[day.Date] = day;
        }

        _published = [.. publishedYears];
        ReceiptMovesOn = receiptMovesOn;
    }

    /// <summary>Whether receipt on a day off is taken as acceptance on the next working day.</summary>
    public bool ReceiptMovesOn { get; }

    /// <summary>True when the holidays of the year are known; false means weekends alone are off.</summary>
    public bool IsPublished(int year) => _published.Contains(year);

    /// <summary>True when a working-day limit counts this date.</summary>
    public bool IsWorking(DateOnly date) => _days.TryGetValue(date, out var day) ? day.Working : !IsWeekend(date);

    /// <summary>Why the date counts or does not.</summary>
    public DateNature NatureOf(DateOnly date) => (_days.TryGetValue(date, out var day), day?.Working, IsWeekend(date)) switch
    {
        (true, true, true) => DateNature.MakeUpDay,
        (true, false, _) => DateNature.Holiday,
        (_, _, true) => DateNature.Weekend,
        _ => DateNature.Weekday,
    };

    /// <summary>What the calendar calls the date, or null for a plain day.</summary>
    public string? NameOf(DateOnly date) => _days.GetValueOrDefault(date)?.Name;

    /// <summary>The date itself when it is a working day, otherwise the next one that is.</summary>
    public DateOnly WorkingDayFrom(DateOnly date)
    {
        while (!IsWorking(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>How many working days lie after <paramref name="from"/>, up to and with <paramref name="to"/>.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var date = from.AddDays(1); date <= to; date = date.AddDays(1))
        {
            count += IsWorking(date) ? 1 : 0;
        }

        return count;
    }

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
