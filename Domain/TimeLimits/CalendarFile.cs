using System.Globalization;
using System.Text;

namespace TongBan.Domain.TimeLimits;

/// <summary>What is wrong with a line of a calendar file.</summary>
/// <param name="Row">The line, from 1.</param>
/// <param name="Field">Its column: date, kind or name.</param>
/// <param name="Problem">What is wrong, in words.</param>
public sealed record CalendarRow(int Row, string Field, string Problem);

/// <summary>Lines of a calendar file cannot be read or overlap each other.</summary>
public sealed record CalendarFileInvalid(IReadOnlyList<CalendarRow> Rejected)
    : Refusal(RefusalKind.Invalid, "calendar_file_invalid", string.Join("\n", Rejected.Select(row => $"第{row.Row}行：{row.Problem}")), "file");

/// <summary>A line cannot be read.</summary>
internal sealed record CalendarLineInvalid(int Line, string Column, string Problem) : Refusal(RefusalKind.Invalid, "calendar_file_invalid", Problem, Column);

/// <summary>
/// Reads a year of a calendar from a plain file, as an administrator copies it from the yearly notice: one date or span
/// per line, what it is (休 or 班), and its name.
/// </summary>
/// <example>
/// <code>
/// # 国务院办公厅关于2026年部分节假日安排的通知
/// 2026-02-15..2026-02-23, 休, 春节
/// 2026-02-28, 班, 春节调休上班
/// </code>
/// </example>
public static class CalendarFile
{
    private const int LongestSpan = 31;
    private const int LongestName = 50;

    private static readonly char[] Separators = [',', '，', '\t'];

    /// <summary>Reads a file.</summary>
    /// <param name="text">The file; lines that are empty or begin with # are skipped, a comma may be a Chinese one or a tab.</param>
    /// <param name="year">The year that all dates are of.</param>
    /// <param name="notice">The notice that says so.</param>
    /// <returns>The year; refused with every line that cannot be read or overlaps another, or with the rule of <see cref="CalendarYear.Check"/>.</returns>
    public static Result<CalendarYear> Read(string text, int year, string notice)
    {
        var days = new List<CalendarDay>();
        var rows = new Dictionary<DateOnly, int>();
        var rejected = new List<CalendarRow>();
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        for (var row = 1; row <= lines.Length; row++)
        {
            var line = lines[row - 1].Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (ReadLine(line, row, year).IsRefused(out var refusal, out var read))
                rejected.Add(new CalendarRow(row, refusal.Field!, refusal.Message));
            else if (read.Find(day => rows.ContainsKey(day.Date)) is { } twice)
                rejected.Add(new CalendarRow(row, "date", $"{twice.Date:yyyy-MM-dd}与第{rows[twice.Date]}行重叠。"));
            else
                days.AddRange(read);
            foreach (var day in read ?? [])
                rows.TryAdd(day.Date, row);
        }

        if (rejected.Count > 0)
            return new CalendarFileInvalid(rejected);
        var calendar = new CalendarYear(year, notice, days);
        return calendar.Check() is { } broken ? broken : calendar;
    }

    /// <summary>Writes a year as such a file, days that follow each other with one meaning as a span.</summary>
    public static string Write(CalendarYear year)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"# {year.Notice}\n");
        var days = year.Days.OrderBy(day => day.Date).ToList();
        for (var first = 0; first < days.Count;)
        {
            var last = first;
            while (last + 1 < days.Count && days[last + 1] == days[first] with { Date = days[last].Date.AddDays(1) } && last - first < LongestSpan)
                last++;
            var span = $"{days[first].Date:yyyy-MM-dd}{(last > first ? $"..{days[last].Date:yyyy-MM-dd}" : "")}";
            text.Append(CultureInfo.InvariantCulture, $"{span}, {(days[first].Working ? "班" : "休")}, {days[first].Name}\n");
            first = last + 1;
        }

        return text.ToString();
    }

    private static Result<List<CalendarDay>> ReadLine(string line, int number, int year)
    {
        var parts = line.Split(Separators, StringSplitOptions.TrimEntries);
        if (parts.Length != 3)
        {
            return new CalendarLineInvalid(number, "date", "应为“日期,休或班,名称”三列。");
        }

        var span = parts[0].Split("..");
        if (span.Length > 2 || !TryDate(span[0], out var from) || !TryDate(span[^1], out var to))
        {
            return new CalendarLineInvalid(number, "date", $"“{parts[0]}”不是日期，应写作2026-02-15或2026-02-15..2026-02-23。");
        }

        if (to < from || to > from.AddDays(LongestSpan))
        {
            return new CalendarLineInvalid(number, "date", $"“{parts[0]}”的起止日期不对，一段最长{LongestSpan}天。");
        }

        if (from.Year != year || to.Year != year)
        {
            return new CalendarLineInvalid(number, "date", $"“{parts[0]}”不在{year}年。");
        }

        if (parts[2].Length is 0 or > LongestName)
        {
            return new CalendarLineInvalid(number, "name", $"名称须为1至{LongestName}字。");
        }

        if (parts[1] is not ("休" or "班"))
        {
            return new CalendarLineInvalid(number, "kind", $"“{parts[1]}”应为“休”或“班”。");
        }

        if (parts[1] == "班" && Days(from, to).FirstOrDefault(date => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) is { Year: > 1 } plain)
        {
            return new CalendarLineInvalid(number, "kind", $"{plain:yyyy-MM-dd}本来就是工作日，不能是调休上班日。");
        }

        return Days(from, to).Select(date => new CalendarDay(date, parts[1] == "班", parts[2])).ToList();
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var date = from; date <= to; date = date.AddDays(1))
        {
            yield return date;
        }
    }

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
