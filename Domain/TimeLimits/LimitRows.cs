using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.TimeLimits;

/// <summary>A clock's row with its ledger, as the writers of the ledger need it.</summary>
internal sealed record ClockRow(
    long Id, string CaseNumber, LimitKind Kind, string Step, string Holder, string Division, int Budget, DayKind DayKind, int? WarningDays,
    DateOnly? DueOn, DateOnly? WarnOn, LimitState State, DateTime? NextAt)
{
    /// <summary>The ledger in order.</summary>
    internal IReadOnlyList<LimitEntry> Entries { get; init; } = [];

    internal LimitAnswer Explain(WorkingCalendar calendar, IReadOnlyList<LimitEntry> entries) =>
        Limit.Explain(Budget, DayKind, entries, calendar, StartsByReceipt(Kind), WarningDays);

    /// <summary>Acceptance is what a receipt leads to; a decision's delivery and a step begin on any day.</summary>
    internal static bool StartsByReceipt(LimitKind kind) => kind is LimitKind.Promised or LimitKind.Legal or LimitKind.Acceptance;
}

/// <summary>Who wrote a line of the ledger, when, and who agreed.</summary>
internal sealed record LimitWriter(Actor Actor, DateTimeOffset At, string? ApprovedBy = null);

/// <summary>Reads and writes the rows of <c>limit_clocks</c> and <c>limit_entries</c>.</summary>
internal sealed class LimitRows(NpgsqlConnection connection)
{
    private const string Columns = """
        id, case_number as CaseNumber, kind, step, holder, division, budget, day_kind as DayKind, warning_days as WarningDays,
        due_on as DueOn, warn_on as WarnOn, state, next_at as NextAt
        """;

    /// <summary>The clocks of a case that have not ended, locked until the transaction ends, so that two writers queue.</summary>
    internal Task<List<ClockRow>> LockOpenAsync(string caseNumber, CancellationToken cancellation) => ReadAsync(
        $"select {Columns} from tongban.limit_clocks where case_number = @caseNumber and ended_on is null order by id for update",
        new { caseNumber },
        cancellation);

    /// <summary>One clock, locked; null when it has ended.</summary>
    internal async Task<ClockRow?> LockAsync(long id, CancellationToken cancellation)
    {
        var found = await ReadAsync($"select {Columns} from tongban.limit_clocks where id = @id and ended_on is null for update", new { id }, cancellation);
        return found is [var clock] ? clock : null;
    }

    /// <summary>The newest clock of a kind and step.</summary>
    internal async Task<ClockRow?> FindNewestAsync(string caseNumber, LimitKind kind, string step, CancellationToken cancellation)
    {
        const string sql = $"""
            select {Columns} from tongban.limit_clocks
            where case_number = @caseNumber and kind = @kind and step = @step order by id desc limit 1
            """;
        var found = await ReadAsync(sql, new { caseNumber, kind = Codes.Of(kind), step }, cancellation);
        return found is [var clock] ? clock : null;
    }

    /// <summary>Open clocks after an id that a place's calendar counts, in order of id, locked; null for all places.</summary>
    internal Task<List<ClockRow>> LockOpenAfterAsync(long id, string? division, int take, CancellationToken cancellation) => ReadAsync(
        $"""
        select {Columns} from tongban.limit_clocks
        where id > @id and ended_on is null and (@division::text is null or division = @division) order by id limit @take for update
        """,
        new { id, division, take },
        cancellation);

    /// <summary>Adds a clock with the first line of its ledger; false when one of its kind is open.</summary>
    internal async Task<bool> AddAsync(LimitStart start, LimitAnswer answer, LimitWriter writer, CancellationToken cancellation)
    {
        const string sql = """
            with clock as (
                insert into tongban.limit_clocks (
                    case_number, kind, step, holder, division, budget, day_kind, warning_days, started_on, state, total_days, left_days,
                    due_on, warn_on, prompt_on, next_at)
                values (@CaseNumber, @Kind, @Step, @Holder, @Division, @BudgetDays, @DayKind, @WarningDays, @StartedOn,
                        @State, @Budget, @Left, @Due, @Warn, @Prompt, tongban.limit_next(0, @Due, @Prompt, @Warn, null, false))
                on conflict do nothing
                returning id
            )
            insert into tongban.limit_entries (clock, kind, on_date, actor, actor_name, at)
            select id, 'start', @StartedOn, @UserName, @Name, @At from clock
            """;
        var added = await connection.ExecuteAsync(new CommandDefinition(
            sql,
            new
            {
                start.CaseNumber,
                Kind = Codes.Of(start.Kind),
                Step = start.Step ?? "",
                start.Holder,
                start.Division,
                start.BudgetDays,
                DayKind = Codes.Of(start.DayKind),
                start.WarningDays,
                start.StartedOn,
                State = Codes.Of(answer.State),
                answer.Budget,
                answer.Left,
                answer.Due,
                answer.Warn,
                answer.Prompt,
                writer.Actor.UserName,
                writer.Actor.Name,
                At = writer.At.ToUniversalTime(),
            },
            cancellationToken: cancellation));
        return added == 1;
    }

    /// <summary>Adds a line to a ledger and writes what it now says beside it, in one statement.</summary>
    internal Task AppendAsync(long clock, LimitEntry entry, LimitAnswer answer, LimitWriter writer, CancellationToken cancellation)
    {
        const string sql = """
            with entry as (
                insert into tongban.limit_entries (clock, kind, on_date, days, reason, actor, actor_name, approved_by, at)
                values (@clock, @Kind, @On, @Days, @Reason, @UserName, @Name, @ApprovedBy, @At)
            )
            update tongban.limit_clocks
            set state = @State, total_days = @Budget, left_days = @Left, due_on = @Due, warn_on = @Warn, prompt_on = @Prompt, ended_on = @EndedOn,
                next_at = tongban.limit_next(id, @Due, @Prompt, @Warn, @EndedOn, muted), handed_until = null
            where id = @clock
            """;
        return connection.ExecuteAsync(new CommandDefinition(
            sql,
            new
            {
                clock,
                Kind = Codes.Of(entry.Kind),
                entry.On,
                entry.Days,
                entry.Reason,
                writer.Actor.UserName,
                writer.Actor.Name,
                writer.ApprovedBy,
                At = writer.At.ToUniversalTime(),
                State = Codes.Of(answer.State),
                answer.Budget,
                answer.Left,
                answer.Due,
                answer.Warn,
                answer.Prompt,
                EndedOn = entry.Kind == LimitEntryKind.End ? entry.On : (DateOnly?)null,
            },
            cancellationToken: cancellation));
    }

    private async Task<List<ClockRow>> ReadAsync(string sql, object parameters, CancellationToken cancellation)
    {
        var clocks = (await connection.QueryAsync<ClockRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList();
        const string entriesSql = """
            select clock, kind, on_date as "on", reason, days from tongban.limit_entries where clock = any (@ids) order by clock, id
            """;
        var ids = clocks.Select(clock => clock.Id).ToArray();
        var entries = (await connection.QueryAsync<EntryRow>(new CommandDefinition(entriesSql, new { ids }, cancellationToken: cancellation)))
            .ToLookup(row => row.Clock, row => new LimitEntry(row.Kind, row.On, row.Reason, row.Days));
        return [.. clocks.Select(clock => clock with { Entries = [.. entries[clock.Id]] })];
    }

    private sealed record EntryRow(long Clock, LimitEntryKind Kind, DateOnly On, string? Reason, int Days);
}
