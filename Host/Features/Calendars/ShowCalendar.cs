using TongBan.Domain;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Features.Calendars;

/// <summary>Shows calendars: which years each place has, a year day by day, and how recounts go on.</summary>
internal sealed class ShowCalendar(CalendarDesk desk, CalendarStore calendars, PlaceStore places, LimitRecountStore recounts)
{
    private const int LatestRecounts = 10;

    public async Task<IReadOnlyList<CalendarPlaceView>> PlacesAsync(CancellationToken cancellation)
    {
        var years = (await desk.YearsAsync(cancellation)).ToLookup(year => year.Division, StringComparer.Ordinal);
        return [.. (await desk.PlacesAsync(cancellation)).Select(place => new CalendarPlaceView(place.Division, place.Name, place.ReceiptMovesOn, [.. years[place.Division]]))];
    }

    /// <summary>The year with its draft over it, if there is one and it is asked for.</summary>
    public async Task<Result<CalendarYearView>> YearAsync(string division, int year, bool draft, CancellationToken cancellation)
    {
        if (year is < CalendarYear.First or > CalendarYear.Last)
            return new CalendarYearInvalid("year", $"年份须在{CalendarYear.First}与{CalendarYear.Last}之间。");
        if (await places.FindDivisionAsync(division, cancellation) is null)
            return new CalendarPlaceUnknown(division);

        var prepared = draft ? await desk.DraftAsync(division, year, cancellation) : null;
        var own = prepared ?? await desk.PublishedAsync(division, year, cancellation);
        var city = division == PlaceStore.CityDivision ? null : await desk.PublishedAsync(PlaceStore.CityDivision, year, cancellation);
        var published = (await calendars.ForAsync(division, cancellation)).IsPublished(year);
        var shown = new WorkingCalendar([.. city?.Days ?? [], .. own?.Days ?? []], [year]);
        var ownDates = (own?.Days ?? []).Select(day => day.Date).ToHashSet();
        var days = new List<CalendarDayView>();
        for (var date = new DateOnly(year, 1, 1); date.Year == year; date = date.AddDays(1))
            days.Add(new CalendarDayView(date, shown.IsWorking(date), shown.NatureOf(date), shown.NameOf(date), ownDates.Contains(date)));
        return new CalendarYearView(
            division, year, published, prepared is not null, own?.Notice, days.Count(day => day.Working), own is null ? "" : CalendarFile.Write(own), days);
    }

    public async Task<IReadOnlyList<RecountView>> RecountsAsync() => [.. (await recounts.LatestAsync(LatestRecounts)).Select(RecountView.Of)];

    public async Task<Result<RecountView>> RecountAsync(Guid id) =>
        await recounts.FindAsync(id) is { } recount ? RecountView.Of(recount) : new RecountUnknown();

    private sealed record RecountUnknown() : Refusal(RefusalKind.NotFound, "recount_unknown", "没有这次重新计算");
}
