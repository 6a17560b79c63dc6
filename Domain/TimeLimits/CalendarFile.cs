using System.Globalization;

namespace TongBan.Domain.TimeLimits;

/// <summary>A line of a calendar file cannot be read.</summary>
public sealed record CalendarFileInvalid(int Line, string Problem)
    : Refusal(RefusalKind.Invalid, "calendar_file_invalid", $"第{Line}行：{Problem}", "file");

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

    private static readonly char[] Separators = [',', '，', '\t'];

    /// <summary>Reads a file.</summary>
    /// <param name="text">The file; lines that are empty or begin with # are skipped, a comma may be a Chinese one or a tab.</param>
    /// <param name="year">The year that all dates are of.</param>
    /// <param name="notice">The notice that says so.</param>
    /// <returns>The year; refused with the first line that cannot be read, or with the rule of <see cref="CalendarYear.Check"/>.</returns>
    public static Result<CalendarYear> Read(string text, int year, string notice)
    {
        var days = new List<CalendarDay>();
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (ReadLine(line, index + 1).IsRefused(out var refusal, out var read))
            {
                return Result(refusal);
            }

            days.AddRange(read);
        }

        var calendar = new CalendarYear(year, notice, days);
        return calendar.Check() is { } broken ? Result(broken) : calendar;
    }

    private static Result<CalendarYear> Result(Refusal refusal) => refusal;

    private static Result<List<CalendarDay>> ReadLine(string line, int number)
    {
        var parts = line.Split(Separators, StringSplitOptions.TrimEntries);
        if (parts.Length != 3)
        {
            return new CalendarFileInvalid(number, "应为“日期,休或班,名称”三列。");
        }

        var span = parts[0].Split("..");
        if (span.Length > 2 || !TryDate(span[0], out var from) || !TryDate(span[^1], out var to))
        {
            return new CalendarFileInvalid(number, $"“{parts[0]}”不是日期，应写作2026-02-15或2026-02-15..2026-02-23。");
        }

        if (to < from || to > from.AddDays(LongestSpan))
        {
            return new CalendarFileInvalid(number, $"“{parts[0]}”的起止日期不对，一段最长{LongestSpan}天。");
        }

        if (parts[1] is not ("休" or "班"))
        {
            return new CalendarFileInvalid(number, $"“{parts[1]}”应为“休”或“班”。");
        }

        var days = new List<CalendarDay>();
        for (var date = from; date <= to; date = date.AddDays(1))
        {
            days.Add(new CalendarDay(date, parts[1] == "班", parts[2]));
        }

        return days;
    }

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
