using Dapper;
using Npgsql;
using TongBan.Domain.Places;

namespace TongBan.Domain.TimeLimits;

/// <summary>The working calendars of the city and of divisions that differ from it.</summary>
/// <param name="connection">The request's connection; opened by Dapper when it is closed.</param>
public sealed class CalendarStore(NpgsqlConnection connection)
{
    private readonly Dictionary<string, WorkingCalendar> _read = new(StringComparer.Ordinal);

    /// <summary>The city's calendar with the division's own days over it; read once per request.</summary>
    public async Task<WorkingCalendar> ForAsync(string division, CancellationToken cancellation = default)
    {
        if (_read.TryGetValue(division, out var known))
        {
            return known;
        }

        const string sql = $"""
            select date, working, name from tongban.calendar_days
            where division in ('{PlaceStore.CityDivision}', @division) order by division = @division;
            select year from tongban.calendar_years where division = '{PlaceStore.CityDivision}';
            select receipt_moves_on from tongban.calendars
            where division in ('{PlaceStore.CityDivision}', @division) order by division = @division desc limit 1
            """;
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, new { division }, cancellationToken: cancellation));
        var days = await results.ReadAsync<CalendarDay>();
        var years = await results.ReadAsync<int>();
        var receiptMovesOn = await results.ReadSingleOrDefaultAsync<bool?>() ?? true;
        return _read[division] = new WorkingCalendar(days, years, receiptMovesOn);
    }

    /// <summary>Replaces the days of a year; the due dates of running limits follow by <see cref="LimitReprojection"/>.</summary>
    /// <param name="division">The city, or a division whose days lie over the city's.</param>
    /// <param name="year">The year that is published by this.</param>
    /// <param name="by">Who publishes it; null for the calendar that ships.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <returns>Refused when a day is of another year, comes twice, or says nothing that the plain week does not say.</returns>
    public async Task<Result<WorkingCalendar>> PublishAsync(string division, CalendarYear year, string? by = null, DateTimeOffset? at = null, CancellationToken cancellation = default)
    {
        if (year.Check() is { } problem)
        {
            return problem;
        }

        const string sql = """
            insert into tongban.calendars (division) values (@division) on conflict do nothing;
            insert into tongban.calendar_years (division, year, notice, published_by, published_at) values (@division, @Year, @Notice, @by, @at)
            on conflict (division, year) do update set notice = excluded.notice, published_by = excluded.published_by, published_at = excluded.published_at;
            delete from tongban.calendar_drafts where division = @division and year = @Year;
            delete from tongban.calendar_days
            where division = @division and date between make_date(@Year, 1, 1) and make_date(@Year, 12, 31) and date <> all (@Dates);
            insert into tongban.calendar_days (division, date, working, name)
            select @division, d.date, d.working, d.name from unnest(@Dates, @Working, @Names) as d (date, working, name)
            on conflict (division, date) do update set working = excluded.working, name = excluded.name
            """;
        await connection.ExecuteAsync(new CommandDefinition(
            sql,
            new
            {
                division,
                year.Year,
                year.Notice,
                by,
                at,
                Dates = year.Days.Select(day => day.Date).ToArray(),
                Working = year.Days.Select(day => day.Working).ToArray(),
                Names = year.Days.Select(day => day.Name).ToArray(),
            },
            cancellationToken: cancellation));
        _read.Clear();
        return await ForAsync(division, cancellation);
    }

    /// <summary>Takes a published year back: from then on it has weekends alone, and is marked so. False when it was not published.</summary>
    public async Task<bool> WithdrawAsync(string division, int year, CancellationToken cancellation = default)
    {
        const string sql = """
            delete from tongban.calendar_days where division = @division and date between make_date(@year, 1, 1) and make_date(@year, 12, 31);
            delete from tongban.calendar_years where division = @division and year = @year
            """;
        var deleted = await connection.ExecuteAsync(new CommandDefinition(sql, new { division, year }, cancellationToken: cancellation));
        _read.Clear();
        return deleted > 0;
    }

    /// <summary>Sets whether what is received on a day off counts as accepted on the next working day.</summary>
    public async Task SetReceiptRuleAsync(string division, bool movesOn, CancellationToken cancellation = default)
    {
        const string sql = """
            insert into tongban.calendars (division, receipt_moves_on) values (@division, @movesOn)
            on conflict (division) do update set receipt_moves_on = excluded.receipt_moves_on
            """;
        await connection.ExecuteAsync(new CommandDefinition(sql, new { division, movesOn }, cancellationToken: cancellation));
        _read.Clear();
    }
}
