using Dapper;
using Npgsql;

namespace TongBan.Domain.TimeLimits;

/// <summary>A due date that moved because the calendar changed.</summary>
public sealed record DueMoved(string CaseNumber, LimitKind Kind, string Step, DateOnly? From, DateOnly? To);

/// <summary>Counts every open limit again after a calendar was changed, so that lists and reality stay one.</summary>
/// <remarks>
/// Run it inside a transaction: the clocks are locked while they are counted, so that a stop or resumption at the same
/// moment waits, and is counted with the new calendar.
/// </remarks>
/// <param name="connection">The job's connection.</param>
/// <param name="calendars">Read afresh for every run: give each run its own.</param>
public sealed class LimitReprojection(NpgsqlConnection connection, CalendarStore calendars)
{
    private const int Batch = 500;

    /// <summary>Counts the open clocks again and stores what changed. May be run at any time and as often as one likes.</summary>
    /// <returns>The due dates that moved, for telling those who were promised them.</returns>
    public async Task<IReadOnlyList<DueMoved>> RunAsync(CancellationToken cancellation = default)
    {
        var rows = new LimitRows(connection);
        var moved = new List<DueMoved>();
        var after = 0L;
        while (await rows.LockOpenAfterAsync(after, Batch, cancellation) is [.., var last] clocks)
        {
            var changes = new List<(long Id, LimitAnswer Answer)>();
            foreach (var clock in clocks)
            {
                var answer = clock.Explain(await calendars.ForAsync(clock.Division, cancellation), clock.Entries);
                if (answer.Due != clock.DueOn || answer.Warn != clock.WarnOn)
                {
                    changes.Add((clock.Id, answer));
                }
            }

            moved.AddRange(await StoreAsync(changes, cancellation));
            after = last.Id;
        }

        return moved;
    }

    private async Task<IEnumerable<DueMoved>> StoreAsync(List<(long Id, LimitAnswer Answer)> changes, CancellationToken cancellation)
    {
        const string sql = """
            update tongban.limit_clocks as clock
            set due_on = new.due_on, warn_on = new.warn_on, state = new.state, left_days = new.left_days
            from (select id, due_on as was from tongban.limit_clocks where id = any (@Ids)) as old,
                 unnest(@Ids, @Dues, @Warns, @States, @Lefts) as new (id, due_on, warn_on, state, left_days)
            where clock.id = new.id and old.id = new.id
            returning clock.case_number as CaseNumber, clock.kind, clock.step, old.was as "from", clock.due_on as "to"
            """;
        var moved = await connection.QueryAsync<DueMoved>(new CommandDefinition(
            sql,
            new
            {
                Ids = changes.Select(change => change.Id).ToArray(),
                Dues = changes.Select(change => change.Answer.Due).ToArray(),
                Warns = changes.Select(change => change.Answer.Warn).ToArray(),
                States = changes.Select(change => Codes.Of(change.Answer.State)).ToArray(),
                Lefts = changes.Select(change => change.Answer.Left).ToArray(),
            },
            cancellationToken: cancellation));
        return moved.Where(change => change.From != change.To);
    }
}
