using Dapper;
using Npgsql;

namespace TongBan.Domain.TimeLimits;

/// <summary>A clock that has turned yellow or red since it was last looked at.</summary>
/// <param name="CaseNumber">The case.</param>
/// <param name="Kind">What the clock measures.</param>
/// <param name="Step">The workflow step of a step clock; empty otherwise.</param>
/// <param name="Holder">Who must act.</param>
/// <param name="Light">Yellow or red.</param>
/// <param name="DueOn">The due date.</param>
public sealed record LimitAlert(string CaseNumber, LimitKind Kind, string Step, string Holder, Light Light, DateOnly DueOn);

/// <summary>Finds the limits that people have to be told of; nothing is ever decided by it.</summary>
/// <param name="connection">The job's connection.</param>
/// <param name="time">Tells which day is today.</param>
public sealed class LimitAlerts(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>
    /// The running clocks that turned yellow or red, each light once for a due date however often and from however many
    /// hosts this is called. Call it in the transaction that writes the notices, so that both are kept or neither.
    /// </summary>
    public async Task<IReadOnlyList<LimitAlert>> RaiseAsync(CancellationToken cancellation = default)
    {
        const string sql = """
            with turned as (
                insert into tongban.limit_alerts (clock, light, due_on, at)
                select id, tongban.limit_light(due_on, warn_on, null, @today), due_on, @now
                from tongban.limit_clocks
                where ended_on is null and state = 'running' and (due_on < @today or warn_on <= @today)
                on conflict do nothing
                returning clock, light, due_on
            )
            select clock.case_number as CaseNumber, clock.kind, clock.step, clock.holder, turned.light, turned.due_on as DueOn
            from turned join tongban.limit_clocks as clock on clock.id = turned.clock
            order by turned.due_on, clock.id
            """;
        var alerts = await connection.QueryAsync<LimitAlert>(new CommandDefinition(
            sql, new { today = time.Today(), now = time.GetUtcNow() }, cancellationToken: cancellation));
        return alerts.AsList();
    }
}
