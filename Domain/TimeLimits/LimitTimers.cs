using Dapper;
using Npgsql;

namespace TongBan.Domain.TimeLimits;

/// <summary>
/// The timers of clocks. Each is the <c>next_at</c> of the clock's own row, written in the transaction that wrote the ledger; the
/// host hands those that are due to its job server, and however many hosts do so, each turn is told once.
/// </summary>
/// <param name="connection">The connection of the scope.</param>
/// <param name="calendars">The working days of places.</param>
/// <param name="time">Tells what is due.</param>
public sealed class LimitTimers(NpgsqlConnection connection, CalendarStore calendars, TimeProvider time)
{
    private readonly LimitRows _rows = new(connection);

    /// <summary>Hands out clocks whose timer is due, earliest first: nobody else is handed them before the lease ends.</summary>
    /// <param name="most">As many may be out at once, over all hosts, so that a backlog is spread out.</param>
    /// <param name="lease">How long they are left to whoever was handed them.</param>
    /// <param name="cancellation">Stops the query.</param>
    public async Task<IReadOnlyList<long>> HandOutAsync(int most, TimeSpan lease, CancellationToken cancellation = default)
    {
        const string sql = """
            with handed as (
                update tongban.limit_clocks set handed_until = @until
                where id in (
                    select id from tongban.limit_clocks
                    where next_at is not null and greatest(next_at, handed_until) <= @now
                    order by greatest(next_at, handed_until)
                    limit greatest(0, @most - (select count(*) from tongban.limit_clocks where handed_until > @now))
                    for update skip locked)
                returning id, next_at
            )
            select id from handed order by next_at, id
            """;
        var now = time.GetUtcNow();
        return (await connection.QueryAsync<long>(new CommandDefinition(sql, new { now, until = now + lease, most }, cancellationToken: cancellation))).AsList();
    }

    /// <summary>When the next timer is to be handed out; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) =>
        await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            "select greatest(next_at, handed_until) from tongban.limit_clocks where next_at is not null order by greatest(next_at, handed_until) limit 1",
            cancellationToken: cancellation));

    /// <summary>The case's clock that turns next, and when; null when none will.</summary>
    public async Task<(long Clock, DateTimeOffset At)?> NextOfAsync(string caseNumber, CancellationToken cancellation = default) =>
        await connection.QueryFirstOrDefaultAsync<(long Clock, DateTime At)?>(new CommandDefinition(
            "select id, next_at from tongban.limit_clocks where case_number = @caseNumber and next_at is not null order by next_at, id limit 1",
            new { caseNumber }, cancellationToken: cancellation)) is { } next ? (next.Clock, next.At) : null;

    /// <summary>The case of a clock, for the lock that comes before the clock's own; null when there is no such clock.</summary>
    public Task<string?> CaseOfAsync(long clock, CancellationToken cancellation = default) =>
        connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition("select case_number from tongban.limit_clocks where id = @clock", new { clock }, cancellationToken: cancellation));

    /// <summary>
    /// Claims what is due of a clock: counts it afresh, notes that its signs were told, and sets the timer for the next one. Call it
    /// in the transaction that tells people, so that both are kept or neither.
    /// </summary>
    /// <returns>What to tell; null when nothing is due any more: somebody was faster, or the date moved.</returns>
    public async Task<LimitTurn?> ClaimAsync(long clock, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        if (await _rows.LockAsync(clock, cancellation) is not { } row || row.NextAt is not { } next || next > now.UtcDateTime)
            return null;

        var answer = row.Explain(await calendars.ForAsync(row.Division, cancellation), row.Entries);
        var told = await TellAsync(row.Id, answer, CityTime.DateOf(now), now, cancellation);
        var began = row.Entries.Last(entry => entry.Kind is LimitEntryKind.Start or LimitEntryKind.Resume).On;
        var moment = new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc));
        // A limit so short that its first day is the day to warn turns when it begins, hours after that day's midnight: nobody was late.
        return told.Count == 0 ? null : new LimitTurn(
            row.Id, row.CaseNumber, row.Kind, row.Step, row.Holder, told.Max(), answer.Due!.Value, began, CityTime.DateOf(now) == began ? TimeSpan.Zero : now - moment);
    }

    /// <summary>Writes what the count says now, and which signs are told by this.</summary>
    private async Task<IReadOnlyList<LimitSign>> TellAsync(long clock, LimitAnswer answer, DateOnly today, DateTimeOffset now, CancellationToken cancellation)
    {
        const string sql = """
            insert into tongban.limit_alerts (clock, light, due_on, at)
            select @clock, light, @Due, @now from unnest(@signs) as light
            on conflict do nothing returning light;
            update tongban.limit_clocks
            set due_on = @Due, warn_on = @Warn, prompt_on = @Prompt, left_days = @Left, handed_until = null,
                next_at = tongban.limit_next(id, @Due, @Prompt, @Warn, ended_on, muted)
            where id = @clock
            """;
        var signs = answer.Due is { } due
            ? Enum.GetValues<LimitSign>().Where(sign => (sign switch { LimitSign.Prompt => answer.Prompt, LimitSign.Yellow => answer.Warn, _ => due.AddDays(1) }) <= today)
                .Select(sign => Codes.Of(sign)).ToArray()
            : [];
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            sql, new { clock, answer.Due, answer.Warn, answer.Prompt, answer.Left, signs, now }, cancellationToken: cancellation));
        return [.. (await results.ReadAsync<string>()).Select(sign => Enum.Parse<LimitSign>(sign, ignoreCase: true))];
    }
}
