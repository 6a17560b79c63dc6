using System.Diagnostics.CodeAnalysis;
using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.TimeLimits;

/// <summary>The clocks of cases, each a ledger of what started, stopped and extended it.</summary>
/// <remarks>Call the methods that write inside a transaction: they lock the case's clocks so that two writers queue.</remarks>
/// <param name="connection">The request's connection; opened by Dapper when it is closed.</param>
/// <param name="calendars">The working days of places.</param>
/// <param name="time">Tells which day is today for lights and for dates that have not come yet.</param>
public sealed class LimitStore(NpgsqlConnection connection, CalendarStore calendars, TimeProvider time)
{
    private readonly LimitRows _rows = new(connection);

    /// <summary>Starts a clock.</summary>
    /// <returns>How it counts; refused when the budget is out of bounds, the date has not come, or such a clock is open.</returns>
    public async Task<Result<LimitAnswer>> StartAsync(LimitStart start, Actor actor, CancellationToken cancellation = default)
    {
        if (start.BudgetDays is < 1 or > LimitBounds.LongestBudget)
        {
            return new LimitBudgetInvalid(start.BudgetDays);
        }

        if (start.StartedOn > time.Today())
        {
            return new LimitInFuture(start.StartedOn);
        }

        var calendar = await calendars.ForAsync(start.Division, cancellation);
        var answer = Limit.Explain(
            start.BudgetDays,
            start.DayKind,
            [new LimitEntry(LimitEntryKind.Start, start.StartedOn)],
            calendar,
            ClockRow.StartsByReceipt(start.Kind),
            start.WarningDays);
        var added = await _rows.AddAsync(start, answer, new LimitWriter(actor, time.GetUtcNow()), cancellation);
        return added ? answer : new LimitAlreadyStarted(start.Kind);
    }

    /// <summary>Stops every running clock of a case for a supplement or special procedure.</summary>
    /// <param name="caseNumber">The case.</param>
    /// <param name="reason">Why, in words the applicant may read: 补正, 听证, 检验 and so on.</param>
    /// <param name="actor">Who stops it.</param>
    /// <param name="at">When it happened; a late call-back may lie in the past but not before the last entry.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <returns>How many clocks stopped.</returns>
    public Task<Result<int>> StopAsync(
        string caseNumber, string reason, Actor actor, DateTimeOffset at, CancellationToken cancellation = default) =>
        IsReasonMissing(reason) ? Task.FromResult<Result<int>>(new LimitReasonMissing()) : AppendToAllAsync(
            caseNumber,
            clock => clock.State == LimitState.Running,
            new LimitEntry(LimitEntryKind.Stop, CityTime.DateOf(at), reason.Trim()),
            new LimitWriter(actor, at),
            new LimitAlreadyStopped(),
            cancellation);

    /// <summary>Lets every stopped clock of a case go on from the next day that counts.</summary>
    /// <returns>How many clocks go on.</returns>
    public Task<Result<int>> ResumeAsync(string caseNumber, Actor actor, DateTimeOffset at, CancellationToken cancellation = default) =>
        AppendToAllAsync(
            caseNumber,
            clock => clock.State == LimitState.Stopped,
            new LimitEntry(LimitEntryKind.Resume, CityTime.DateOf(at)),
            new LimitWriter(actor, at),
            new LimitNotStopped(),
            cancellation);

    /// <summary>Extends the promised and the legal limit of a case, once and within 行政许可法 article 42.</summary>
    /// <param name="caseNumber">The case.</param>
    /// <param name="days">How many days are added.</param>
    /// <param name="reason">The reason, which the applicant is told.</param>
    /// <param name="approvedBy">The head of the authority who agreed; not the one who asks.</param>
    /// <param name="actor">Who asks for the extension.</param>
    /// <param name="at">When it was granted; not after the due date.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <returns>How many clocks were extended.</returns>
    public Task<Result<int>> ExtendAsync(
        string caseNumber, int days, string reason, string approvedBy, Actor actor, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var refusal = IsReasonMissing(reason) ? new LimitReasonMissing()
            : string.IsNullOrWhiteSpace(approvedBy) || approvedBy == actor.UserName || approvedBy == actor.Name ? new ExtensionNotApproved()
            : (Refusal?)null;
        return refusal is not null
            ? Task.FromResult<Result<int>>(refusal)
            : AppendToAllAsync(
                caseNumber,
                clock => clock.Kind is LimitKind.Promised or LimitKind.Legal,
                new LimitEntry(LimitEntryKind.Extend, CityTime.DateOf(at), reason.Trim(), days),
                new LimitWriter(actor, at, approvedBy.Trim()),
                new LimitNotStarted(LimitKind.Promised),
                cancellation);
    }

    /// <summary>Ends the open clock of a kind, because what it measures was done.</summary>
    public Task<Result<int>> EndAsync(
        string caseNumber, LimitKind kind, Actor actor, DateTimeOffset at, CancellationToken cancellation = default) =>
        AppendToAllAsync(
            caseNumber,
            clock => clock.Kind == kind,
            new LimitEntry(LimitEntryKind.End, CityTime.DateOf(at)),
            new LimitWriter(actor, at),
            new LimitNotStarted(kind),
            cancellation);

    /// <summary>Ends every open clock of a case, because it was withdrawn or closed.</summary>
    public Task<Result<int>> EndAllAsync(string caseNumber, Actor actor, DateTimeOffset at, CancellationToken cancellation = default) =>
        AppendToAllAsync(
            caseNumber,
            _ => true,
            new LimitEntry(LimitEntryKind.End, CityTime.DateOf(at)),
            new LimitWriter(actor, at),
            new LimitNotStarted(),
            cancellation);

    /// <summary>Ends the open clock of a step, because the step was left.</summary>
    public Task<Result<int>> EndStepAsync(string caseNumber, string step, Actor actor, DateTimeOffset at, CancellationToken cancellation = default) =>
        AppendToAllAsync(
            caseNumber,
            clock => clock.Kind == LimitKind.Step && clock.Step == step,
            new LimitEntry(LimitEntryKind.End, CityTime.DateOf(at)),
            new LimitWriter(actor, at),
            new LimitNotStarted(LimitKind.Step),
            cancellation);

    /// <summary>Lets nobody be told of the promised and the legal limit of a case; they count on.</summary>
    public Task MuteAsync(string caseNumber, CancellationToken cancellation = default) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update tongban.limit_clocks set muted = true, next_at = null
            where case_number = @caseNumber and kind in ('promised', 'legal') and ended_on is null and not muted
            """,
            new { caseNumber },
            cancellationToken: cancellation));

    /// <summary>Why an extension cannot be asked for now; null when it can. What <see cref="ExtendAsync"/> will check again.</summary>
    public async Task<Refusal?> CheckExtensionAsync(string caseNumber, int days, string? reason, CancellationToken cancellation = default)
    {
        if (IsReasonMissing(reason))
            return new LimitReasonMissing();
        var concerned = (await _rows.LockOpenAsync(caseNumber, cancellation)).FindAll(clock => clock.Kind is LimitKind.Promised or LimitKind.Legal);
        var entry = new LimitEntry(LimitEntryKind.Extend, time.Today(), reason, days);
        return concerned.Count == 0
            ? new LimitNotStarted(LimitKind.Promised)
            : concerned.Select(clock => LimitLedger.Check(clock.Budget, clock.DueOn, clock.Entries, entry)).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>How the newest clock of a kind stands, day by day; null when there never was one.</summary>
    public async Task<LimitAnswer?> ExplainAsync(
        string caseNumber, LimitKind kind, string? step = null, CancellationToken cancellation = default)
    {
        var clock = await _rows.FindNewestAsync(caseNumber, kind, step ?? "", cancellation);
        return clock?.Explain(await calendars.ForAsync(clock.Division, cancellation), clock.Entries);
    }

    /// <summary>The newest clock of each kind and step of a case.</summary>
    public async Task<IReadOnlyList<LimitClock>> DueAsync(string caseNumber, CancellationToken cancellation = default) =>
        [.. (await DueAsync([caseNumber], cancellation))[caseNumber]];

    /// <summary>The newest clocks of many cases in one query, for lists.</summary>
    public async Task<ILookup<string, LimitClock>> DueAsync(IReadOnlyCollection<string> caseNumbers, CancellationToken cancellation = default)
    {
        const string sql = """
            select distinct on (case_number, kind, step)
                   id, case_number as CaseNumber, kind, step, holder, state, total_days as TotalDays, left_days as LeftDays,
                   started_on as StartedOn, due_on as DueOn, warn_on as WarnOn, ended_on as EndedOn,
                   tongban.limit_light(due_on, warn_on, ended_on, @today) as Light, day_kind as DayKind, next_at as TimerAt,
                   tongban.limit_is_provisional(day_kind, started_on, due_on) as Provisional
            from tongban.limit_clocks
            where case_number = any (@caseNumbers)
            order by case_number, kind, step, id desc
            """;
        var clocks = await connection.QueryAsync<LimitClock>(new CommandDefinition(
            sql, new { caseNumbers = caseNumbers.ToArray(), today = time.Today() }, cancellationToken: cancellation));
        return clocks.ToLookup(clock => clock.CaseNumber, StringComparer.Ordinal);
    }

    private static bool IsReasonMissing([NotNullWhen(false)] string? reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > LimitBounds.LongestReason;

    /// <summary>Adds a line to every open clock that it concerns, or to none when one of them refuses it.</summary>
    private async Task<Result<int>> AppendToAllAsync(
        string caseNumber, Func<ClockRow, bool> concerns, LimitEntry entry, LimitWriter writer, Refusal none, CancellationToken cancellation)
    {
        if (entry.On > time.Today())
        {
            return new LimitInFuture(entry.On);
        }

        var open = await _rows.LockOpenAsync(caseNumber, cancellation);
        var concerned = open.FindAll(clock => concerns(clock));
        if (concerned.Count == 0)
        {
            return open.Count == 0 ? new LimitNotStarted() : none;
        }

        foreach (var clock in concerned)
        {
            if (LimitLedger.Check(clock.Budget, clock.DueOn, clock.Entries, LimitLedger.InOrder(clock.Entries, entry)) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var clock in concerned)
        {
            var next = LimitLedger.InOrder(clock.Entries, entry);
            var answer = clock.Explain(await calendars.ForAsync(clock.Division, cancellation), [.. clock.Entries, next]);
            await _rows.AppendAsync(clock.Id, next, answer, writer, cancellation);
        }

        return concerned.Count;
    }
}
