using System.Globalization;
using Dapper;
using Npgsql;
using TongBan.Domain.Catalogue;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Places;

/// <summary>A time of the week in which a hall serves.</summary>
/// <param name="Day">1 Monday to 7 Sunday.</param>
/// <param name="DailyLife">Matters of daily life only: items that persons apply for.</param>
public sealed record HallHour(int Day, TimeOnly Opens, TimeOnly Closes, bool DailyLife);

/// <summary>Hours overlap, end before they begin, or are of no day.</summary>
public sealed record HallHoursInvalid(string At, string Problem) : Refusal(RefusalKind.Invalid, "hall_hours_invalid", Problem, At);

/// <summary>
/// When halls serve (服务时间): weekdays, some through the noon break, some on Saturdays for matters of daily life. It says when a
/// window serves, never how a limit counts. A hall without hours is not judged.
/// </summary>
public sealed class HallHours(NpgsqlConnection connection, CalendarStore calendars)
{
    private const int DaysOfWeek = 7;
    private const string Format = "HH:mm";

    /// <summary>The hours of a hall, in the order of the week.</summary>
    public async Task<IReadOnlyList<HallHour>> OfAsync(string hall, CancellationToken cancellation = default) =>
        [.. (await connection.QueryAsync<(int Day, string Opens, string Closes, bool DailyLife)>(new CommandDefinition(
            "select day, to_char(opens, 'HH24:MI'), to_char(closes, 'HH24:MI'), daily_life from tongban.hall_hours where hall = @hall order by day, opens",
            new { hall },
            cancellationToken: cancellation))).Select(row => new HallHour(row.Day, Time(row.Opens), Time(row.Closes), row.DailyLife))];

    /// <summary>Gives the halls of a new database the hours that ship; once any hall has hours, nothing.</summary>
    internal Task SeedAsync(CancellationToken cancellation) =>
        connection.ExecuteAsync(new CommandDefinition(
            $"""
            insert into tongban.hall_hours (hall, day, opens, closes, daily_life)
            select h.code, d.day, s.opens, s.closes, false from tongban.halls h cross join generate_series(1, 5) as d (day)
            cross join (values (time '09:00', time '12:00', false), (time '14:00', time '17:00', false), (time '12:00', time '14:00', true)) as s (opens, closes, at_noon)
            where (not s.at_noon or (h.division = '{PlaceStore.CityDivision}' and h.kind = 'comprehensive')) and not exists (select from tongban.hall_hours)
            union all
            select h.code, 6, time '09:00', time '12:00', true from tongban.halls h where h.kind = 'comprehensive' and not exists (select from tongban.hall_hours)
            """,
            cancellationToken: cancellation));

    /// <summary>Replaces the hours of a hall.</summary>
    public async Task<Result<bool>> SetAsync(string hall, IReadOnlyList<HallHour> hours, CancellationToken cancellation = default)
    {
        if (Check(hours) is { } refusal)
            return refusal;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from tongban.hall_hours where hall = @hall;
            insert into tongban.hall_hours (hall, day, opens, closes, daily_life)
            select @hall, day, opens::time, closes::time, daily_life from unnest(@days, @opens, @closes, @dailyLife) as hour (day, opens, closes, daily_life)
            """,
            new
            {
                hall, days = hours.Select(hour => hour.Day).ToArray(), opens = hours.Select(hour => Text(hour.Opens)).ToArray(),
                closes = hours.Select(hour => Text(hour.Closes)).ToArray(), dailyLife = hours.Select(hour => hour.DailyLife).ToArray(),
            },
            cancellationToken: cancellation));
        return true;
    }

    /// <summary>What a clerk should know who opens a case for the item now; null while the hall serves it or has no hours.</summary>
    public async Task<string?> DoubtAsync(Hall hall, ServiceItem item, DateTimeOffset at, CancellationToken cancellation = default)
    {
        if (await OfAsync(hall.Code, cancellation) is not { Count: > 0 } hours)
            return null;
        var local = at.ToOffset(CityTime.Offset);
        var day = DayOf(await calendars.ForAsync(hall.Division, cancellation), DateOnly.FromDateTime(local.DateTime));
        var time = TimeOnly.FromDateTime(local.DateTime);
        var now = hours.Where(hour => hour.Day == day && hour.Opens <= time && time < hour.Closes).ToList();
        return now.Count == 0 ? $"{hall.Name}现在不在服务时间（{local:MM-dd HH:mm}），办件照常登记，时限按工作日历计算"
            : now.All(hour => hour.DailyLife) && item.Target == ItemTarget.Organisation ? $"{hall.Name}此时只办理民生事项，本事项面向法人和其他组织"
            : null;
    }

    /// <summary>The day whose hours count: a make-up working day serves as a Monday, a holiday as no day.</summary>
    private static int DayOf(WorkingCalendar calendar, DateOnly date) => calendar.NatureOf(date) switch
    {
        DateNature.Holiday => 0,
        DateNature.MakeUpDay => 1,
        _ => date.DayOfWeek == DayOfWeek.Sunday ? DaysOfWeek : (int)date.DayOfWeek,
    };

    private static HallHoursInvalid? Check(IReadOnlyList<HallHour> hours)
    {
        for (var index = 0; index < hours.Count; index++)
        {
            var hour = hours[index];
            if (hour.Day is < 1 or > DaysOfWeek)
                return new($"hours[{index}].day", "星期须为1（周一）至7（周日）。");
            if (hour.Closes <= hour.Opens)
                return new($"hours[{index}].closes", "结束时间须晚于开始时间。");
            if (hours.Take(index).Any(other => other.Day == hour.Day && other.Opens < hour.Closes && hour.Opens < other.Closes))
                return new($"hours[{index}].opens", "与同一天的另一段时间重叠。");
        }

        return null;
    }

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    private static string Text(TimeOnly time) => time.ToString(Format, CultureInfo.InvariantCulture);
}
