using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Seed;

/// <summary>A year of the city's calendar as the shipped file has it: spans of days off and make-up days.</summary>
internal sealed record CalendarSeed(int Year, string Notice, IReadOnlyList<CalendarSeed.Span> Spans)
{
    internal CalendarYear ToYear() => new(Year, Notice, [.. Spans.SelectMany(span => span.Days())]);

    internal sealed record Span(DateOnly From, DateOnly To, bool Working, string Name)
    {
        internal IEnumerable<CalendarDay> Days()
        {
            for (var date = From; date <= To; date = date.AddDays(1))
            {
                yield return new CalendarDay(date, Working, Name);
            }
        }
    }
}
