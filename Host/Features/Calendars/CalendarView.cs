using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Features.Calendars;

/// <summary>A place and the years that are published or prepared for it; none of its own means the city's.</summary>
internal sealed record CalendarPlaceView(string Division, string Name, bool ReceiptMovesOn, IReadOnlyList<CalendarYearState> Years);

/// <summary>A year to check by eye.</summary>
/// <param name="Published">Whether the city's holidays of the year are known; else weekends alone are off and dates may still move.</param>
/// <param name="IsDraft">Whether this shows what is prepared and not what counts.</param>
/// <param name="Notice">The notice that says so; null where nothing is published or prepared for the place itself.</param>
/// <param name="WorkingDays">How many working days the year has.</param>
/// <param name="Text">The place's own days as a file, for editing.</param>
/// <param name="Days">Every day of the year.</param>
internal sealed record CalendarYearView(
    string Division, int Year, bool Published, bool IsDraft, string? Notice, int WorkingDays, string Text, IReadOnlyList<CalendarDayView> Days);

/// <summary>One day of a year.</summary>
/// <param name="Own">Whether the place itself says so, and not the city or the plain week.</param>
public sealed record CalendarDayView(DateOnly Date, bool Working, DateNature Nature, string? Name, bool Own);

/// <summary>How far the open limits were counted again.</summary>
public sealed record RecountView(Guid Id, string Division, string Reason, string AskedByName, DateTimeOffset AskedAt, int Total, int Done, int Moved, DateTimeOffset? FinishedAt)
{
    public static RecountView Of(LimitRecount recount) => new(
        recount.Id, recount.Division, recount.Reason, recount.AskedByName, recount.AskedAt, recount.Total, recount.Done, recount.Moved, recount.FinishedAt);
}
