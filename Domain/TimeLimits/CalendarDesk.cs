using System.Text.Json;
using Dapper;
using Npgsql;
using TongBan.Domain.Places;

namespace TongBan.Domain.TimeLimits;

/// <summary>How a year of a place's calendar stands.</summary>
/// <param name="Year">The year.</param>
/// <param name="Notice">The notice that says so; of the draft where it is not published.</param>
/// <param name="Published">Whether limits count by it.</param>
/// <param name="HasDraft">Whether somebody is preparing it, or a change of it.</param>
/// <param name="PublishedBy">The user who published it; null for what ships.</param>
public sealed record CalendarYearState(string Division, int Year, string Notice, bool Published, bool HasDraft, string? PublishedBy);

/// <summary>A place and its own calendar, if it has one.</summary>
/// <param name="ReceiptMovesOn">Whether what is received on a day off counts as received on the next working day.</param>
public sealed record CalendarPlace(string Division, string Name, bool ReceiptMovesOn);

/// <summary>What administrators prepare and look at before limits count by it.</summary>
/// <param name="connection">The request's connection.</param>
/// <param name="time">Dates drafts.</param>
public sealed class CalendarDesk(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>The city and its divisions, in their order.</summary>
    public async Task<IReadOnlyList<CalendarPlace>> PlacesAsync(CancellationToken cancellation = default) =>
        (await connection.QueryAsync<CalendarPlace>(new CommandDefinition(
            $"""
            select d.code as Division, d.name,
                coalesce(own.receipt_moves_on, (select receipt_moves_on from tongban.calendars where division = '{PlaceStore.CityDivision}'), true) as ReceiptMovesOn
            from tongban.divisions d left join tongban.calendars own on own.division = d.code order by d.position
            """,
            cancellationToken: cancellation))).AsList();

    /// <summary>The years that are published or prepared.</summary>
    public async Task<IReadOnlyList<CalendarYearState>> YearsAsync(CancellationToken cancellation = default) =>
        (await connection.QueryAsync<CalendarYearState>(new CommandDefinition(
            """
            select coalesce(y.division, d.division) as Division, coalesce(y.year, d.year) as Year, coalesce(d.notice, y.notice) as Notice,
                y.year is not null as Published, d.year is not null as HasDraft, y.published_by as PublishedBy
            from tongban.calendar_years y full join tongban.calendar_drafts d on d.division = y.division and d.year = y.year
            order by 1, 2
            """,
            cancellationToken: cancellation))).AsList();

    /// <summary>Keeps a draft; one of the same place and year is replaced.</summary>
    public Task SaveAsync(string division, CalendarYear year, string by, CancellationToken cancellation = default) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into tongban.calendar_drafts (division, year, notice, days, saved_by, saved_at) values (@division, @Year, @Notice, @days::jsonb, @by, @at)
            on conflict (division, year) do update set notice = excluded.notice, days = excluded.days, saved_by = excluded.saved_by, saved_at = excluded.saved_at
            """,
            new { division, year.Year, year.Notice, days = JsonSerializer.Serialize(year.Days, JsonSerializerOptions.Web), by, at = time.GetUtcNow() },
            cancellationToken: cancellation));

    /// <summary>Throws a draft away; false when there is none.</summary>
    public async Task<bool> DiscardAsync(string division, int year, CancellationToken cancellation = default) =>
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from tongban.calendar_drafts where division = @division and year = @year", new { division, year }, cancellationToken: cancellation)) == 1;

    /// <summary>The draft, or null.</summary>
    public async Task<CalendarYear?> DraftAsync(string division, int year, CancellationToken cancellation = default) =>
        await connection.QuerySingleOrDefaultAsync<(string Notice, string Days)?>(new CommandDefinition(
            "select notice, days from tongban.calendar_drafts where division = @division and year = @year", new { division, year }, cancellationToken: cancellation)) is { } draft
            ? new CalendarYear(year, draft.Notice, JsonSerializer.Deserialize<List<CalendarDay>>(draft.Days, JsonSerializerOptions.Web)!)
            : null;

    /// <summary>The place's own published year, or null.</summary>
    public async Task<CalendarYear?> PublishedAsync(string division, int year, CancellationToken cancellation = default)
    {
        const string sql = """
            select notice from tongban.calendar_years where division = @division and year = @year;
            select date, working, name from tongban.calendar_days
            where division = @division and date between make_date(@year, 1, 1) and make_date(@year, 12, 31) order by date
            """;
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, new { division, year }, cancellationToken: cancellation));
        var notice = await results.ReadSingleOrDefaultAsync<string>();
        var days = (await results.ReadAsync<CalendarDay>()).AsList();
        return notice is null ? null : new CalendarYear(year, notice, days);
    }
}
