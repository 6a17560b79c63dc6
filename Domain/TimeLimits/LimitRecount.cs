using Dapper;
using Npgsql;
using TongBan.Domain.People;
using TongBan.Domain.Places;

namespace TongBan.Domain.TimeLimits;

/// <summary>A change of a calendar, and how far the open limits were counted again because of it.</summary>
/// <param name="Division">The place whose calendar changed; the city's change concerns all places.</param>
/// <param name="Reason">What changed, as the timelines of the cases say it.</param>
/// <param name="Total">The open limits that it may concern, when it began.</param>
/// <param name="Done">How many of them were counted.</param>
/// <param name="Moved">How many due dates moved.</param>
/// <param name="FinishedAt">When all were counted; null while it goes on.</param>
public sealed record LimitRecount(
    Guid Id, string Division, string Reason, string AskedBy, string AskedByName, DateTimeOffset AskedAt, int Total, int Done, int Moved, long LastClock, DateTimeOffset? FinishedAt);

/// <summary>The recounts that calendar changes ask for.</summary>
public sealed class LimitRecountStore(NpgsqlConnection connection, TimeProvider time)
{
    private const string Select =
        """
        select id, division, reason, asked_by as AskedBy, asked_by_name as AskedByName, asked_at as AskedAt, total, done, moved, last_clock as LastClock, finished_at as FinishedAt
        from tongban.limit_recounts
        """;

    /// <summary>Asks for a recount; call it in the transaction that changes the calendar.</summary>
    public async Task<LimitRecount> AskAsync(string division, string reason, Actor by) =>
        (await OneAsync(
            """
            insert into tongban.limit_recounts (id, division, reason, asked_by, asked_by_name, asked_at, total)
            select @id, @division, @reason, @UserName, @Name, @at, count(*) from tongban.limit_clocks where ended_on is null and (@place::text is null or division = @place)
            returning id, division, reason, asked_by as AskedBy, asked_by_name as AskedByName, asked_at as AskedAt, total, done, moved, last_clock as LastClock, finished_at as FinishedAt
            """,
            new { id = Guid.CreateVersion7(), division, reason, by.UserName, by.Name, at = time.GetUtcNow(), place = PlaceOf(division) }))!;

    /// <summary>The recount, or null.</summary>
    public Task<LimitRecount?> FindAsync(Guid id) => OneAsync($"{Select} where id = @id", new { id });

    /// <summary>The recount, locked, so that two jobs that work on it take turns.</summary>
    public Task<LimitRecount?> LockAsync(Guid id) => OneAsync($"{Select} where id = @id for update", new { id });

    /// <summary>The latest recounts, newest first.</summary>
    public async Task<IReadOnlyList<LimitRecount>> LatestAsync(int take) =>
        [.. (await connection.QueryAsync<Row>($"{Select} order by asked_at desc limit @take", new { take })).Select(row => row.ToRecount())];

    /// <summary>Recounts that are not finished, for a host to go on with after a kill.</summary>
    public async Task<IReadOnlyList<Guid>> OpenAsync() =>
        (await connection.QueryAsync<Guid>("select id from tongban.limit_recounts where finished_at is null order by asked_at")).AsList();

    /// <summary>Writes down how far it has come.</summary>
    public Task GoOnAsync(LimitRecount recount, int done, int moved, long lastClock, bool isFinished) =>
        connection.ExecuteAsync(
            """
            update tongban.limit_recounts
            set done = done + @done, moved = moved + @moved, last_clock = @lastClock, finished_at = case when @isFinished then @at end
            where id = @Id
            """,
            new { recount.Id, done, moved, lastClock, isFinished, at = time.GetUtcNow() });

    /// <summary>Whose clocks a change concerns: null for all, since the city's days lie under those of every place.</summary>
    internal static string? PlaceOf(string division) => division == PlaceStore.CityDivision ? null : division;

    private async Task<LimitRecount?> OneAsync(string sql, object parameters) => (await connection.QuerySingleOrDefaultAsync<Row>(sql, parameters))?.ToRecount();

    private sealed record Row(
        Guid Id, string Division, string Reason, string AskedBy, string AskedByName, DateTime AskedAt, int Total, int Done, int Moved, long LastClock, DateTime? FinishedAt)
    {
        public LimitRecount ToRecount() => new(Id, Division, Reason, AskedBy, AskedByName, AskedAt, Total, Done, Moved, LastClock, FinishedAt);
    }
}
