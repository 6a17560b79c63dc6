using Dapper;
using Npgsql;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Features.Supervision;

/// <summary>A hall's day.</summary>
/// <param name="Opened">Cases opened today.</param>
/// <param name="Accepted">Accepted today.</param>
/// <param name="Delivered">Results handed over or signed for today.</param>
/// <param name="Open">Cases received here that are not closed.</param>
internal sealed record HallFigures(string Code, string Name, int Opened, int Accepted, int Delivered, int Open, int Waiting);

/// <summary>An authority's load.</summary>
/// <param name="OldestDays">How many days the oldest open case has been with the city; null when none is open.</param>
internal sealed record AuthorityFigures(string Code, string Name, int Open, int Green, int Yellow, int Red, int Decided, int? OldestDays);

/// <summary>How long a kind of task takes, in hours.</summary>
internal sealed record StepFigures(string Kind, int Count, double MedianHours, double LongestHours);

/// <summary>How an item goes.</summary>
/// <param name="Supplemented">Cases with at least one supplement.</param>
/// <param name="Returned">Cases that an authority sent back at least once.</param>
internal sealed record ItemFigures(string Code, string Name, int Cases, int Supplemented, int Returned)
{
    public double SupplementShare => Cases == 0 ? 0 : (double)Supplemented / Cases;

    public double ReturnShare => Cases == 0 ? 0 : (double)Returned / Cases;
}

/// <summary>Cases per day.</summary>
internal sealed record DayFigures(DateOnly Day, int Opened, int Decided);

/// <summary>What was saved by not travelling to the division that owns the matter.</summary>
internal sealed record TravelFigures(int Trips, double Kilometres);

/// <summary>The supervisor's figures.</summary>
internal sealed record DashboardView(
    DateOnly Today, int Days, IReadOnlyList<HallFigures> Halls, IReadOnlyList<AuthorityFigures> Authorities, IReadOnlyList<StepFigures> Steps,
    IReadOnlyList<ItemFigures> Items, IReadOnlyList<DayFigures> PerDay, IReadOnlyList<int> Grades, int OpenChecks, TravelFigures Travel)
{
    public int Opened => Halls.Sum(hall => hall.Opened);

    public int Open => Halls.Sum(hall => hall.Open);

    public (int Green, int Yellow, int Red) Lights => (Authorities.Sum(a => a.Green), Authorities.Sum(a => a.Yellow), Authorities.Sum(a => a.Red));
}

/// <summary>Reads the figures of a supervisor's day and of the last days, in one round trip.</summary>
internal sealed class Dashboard(NpgsqlConnection connection, TimeProvider time)
{
    private const string Halls = """
        select h.code, h.name,
            count(c.number) filter (where c.opened_at >= @start)::int as Opened,
            count(c.number) filter (where exists (
                select from tongban.timeline t where t.case_number = c.number and t.state = 'accepted' and t.at >= @start))::int as Accepted,
            count(c.number) filter (where exists (
                select from tongban.timeline t where t.case_number = c.number and t.state = 'delivered' and t.at >= @start))::int as Delivered,
            count(c.number) filter (where c.closed_at is null)::int as Open,
            (select count(*)::int from tongban.queue_tickets q where q.hall = h.code and q.day = @today and q.called_at is null) as Waiting
        from tongban.halls h left join tongban.cases c on c.hall = h.code and (c.closed_at is null or c.closed_at >= @start or c.opened_at >= @start)
        group by h.code order by Opened desc, Open desc, h.code;
        """;

    private const string Authorities = """
        select a.code, a.name, count(*) filter (where c.closed_at is null)::int as Open,
            count(*) filter (where c.closed_at is null and l.light = 'green')::int as Green,
            count(*) filter (where c.closed_at is null and l.light = 'yellow')::int as Yellow,
            count(*) filter (where c.closed_at is null and l.light = 'red')::int as Red,
            count(d.case_number) filter (where d.decided_at >= @start)::int as Decided,
            max(@today - (c.opened_at at time zone 'Asia/Shanghai')::date) filter (where c.closed_at is null) as OldestDays
        from tongban.authorities a join tongban.cases c on c.authority = a.code and (c.closed_at is null or c.closed_at >= @start)
        left join tongban.decisions d on d.case_number = c.number
        left join lateral (
            select tongban.limit_light(due_on, warn_on, ended_on, @today) as light from tongban.limit_clocks
            where case_number = c.number and kind = 'promised' order by id desc limit 1) l on true
        group by a.code order by Red desc, Yellow desc, Open desc, a.code;
        """;

    private const string Steps = """
        select kind, count(*)::int as Count,
            percentile_cont(0.5) within group (order by extract(epoch from completed_at - opened_at)) / 3600 as MedianHours,
            max(extract(epoch from completed_at - opened_at))::float8 / 3600 as LongestHours
        from tongban.tasks where completed_at >= @since group by kind order by MedianHours desc;
        """;

    private const string Items = """
        select c.item_code as Code, c.item_name as Name, count(*)::int as Cases,
            count(*) filter (where exists (select from tongban.supplements s where s.case_number = c.number))::int as Supplemented,
            count(*) filter (where exists (select from tongban.tasks t where t.case_number = c.number and t.outcome = 'Returned')
                or exists (select from tongban.timeline t where t.case_number = c.number and t.kind = 'returned'))::int as Returned
        from tongban.cases c where c.opened_at >= @since group by c.item_code, c.item_name order by count(*) desc, c.item_code limit 200;
        """;

    private const string PerDay = """
        select (d at time zone 'Asia/Shanghai')::date::timestamp as Day,
            (select count(*)::int from tongban.cases where opened_at >= d and opened_at < d + interval '1 day') as Opened,
            (select count(*)::int from tongban.decisions where decided_at >= d and decided_at < d + interval '1 day') as Decided
        from generate_series(@since::timestamptz, @start::timestamptz, interval '1 day') d;
        """;

    private const string Ratings = """
        select g::int as Grade, (select count(*)::int from tongban.ratings where grade = g and rated_at >= @since) as Count from generate_series(1, 5) g order by g;
        select count(*)::int from tongban.rating_checks where answered_at is null;
        """;

    // Every case that was received elsewhere than where the matter belongs saves the way there and back, and once more for the result.
    private const string Travel = """
        select coalesce(sum(2), 0)::int as Trips, coalesce(sum(4 * coalesce(tongban.road_km(c.jurisdiction, h.division), 0)), 0)::float8 as Kilometres
        from tongban.cases c join tongban.halls h on h.code = c.hall
        where c.jurisdiction <> h.division and c.state <> 'withdrawn' and c.opened_at >= @since
        """;

    /// <summary>The figures of today, and of this many days until today.</summary>
    public async Task<DashboardView> ReadAsync(int days)
    {
        var today = time.Today();
        var (start, since) = (CityTime.StartOf(today), CityTime.StartOf(today.AddDays(1 - days)));
        await using var results = await connection.QueryMultipleAsync(Halls + Authorities + Steps + Items + PerDay + Ratings + Travel, new { today, start, since });
        return new DashboardView(
            today, days, (await results.ReadAsync<HallFigures>()).AsList(), (await results.ReadAsync<AuthorityFigures>()).AsList(),
            (await results.ReadAsync<StepFigures>()).AsList(), (await results.ReadAsync<ItemFigures>()).AsList(),
            [.. (await results.ReadAsync<DayRow>()).Select(row => new DayFigures(DateOnly.FromDateTime(row.Day), row.Opened, row.Decided))],
            [.. (await results.ReadAsync<(int Grade, int Count)>()).Select(row => row.Count)], await results.ReadSingleAsync<int>(), await results.ReadSingleAsync<TravelFigures>());
    }

    private sealed record DayRow(DateTime Day, int Opened, int Decided);
}
