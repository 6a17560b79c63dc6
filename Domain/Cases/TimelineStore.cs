using Dapper;
using Npgsql;
using TongBan.Domain.Audit;
using TongBan.Domain.People;

namespace TongBan.Domain.Cases;

/// <summary>One line of a case's history: who did what, where, when and why.</summary>
/// <param name="Kind">A stable code of what sort of change it was, for example <c>state</c> or <c>notice</c>.</param>
/// <param name="State">The state the case went to, where it changed.</param>
public sealed record TimelineEntry(DateTimeOffset At, string ActorName, string? Place, string Kind, string? State, string What, string? Why);

/// <summary>The history of cases; rows are only ever added.</summary>
public sealed class TimelineStore(NpgsqlConnection connection, AuditTrail audit, TimeProvider time)
{
    /// <summary>Adds a line, and the same to the audit trail.</summary>
    public async Task AddAsync(string caseNumber, Actor by, string kind, string what, string? why = null, CaseState? state = null)
    {
        await connection.ExecuteAsync(
            """
            insert into tongban.timeline (case_number, at, user_name, actor_name, place, kind, state, what, why)
            values (@caseNumber, @at, @UserName, @Name, @place, @kind, @state, @what, @why)
            """,
            new { caseNumber, at = time.GetUtcNow(), by.UserName, by.Name, place = by.Authority ?? by.Hall, kind, state = state?.Code(), what, why });
        await audit.AddAsync(by, "case." + kind, AuditTrail.Case(caseNumber), what, why);
    }

    /// <summary>Adds a line to each of many cases, for one reason, and the same to the audit trail.</summary>
    public async Task AddAllAsync(IReadOnlyCollection<(string CaseNumber, string Kind, string What)> lines, Actor by, string why)
    {
        await connection.ExecuteAsync(
            """
            insert into tongban.timeline (case_number, at, user_name, actor_name, kind, what, why)
            select case_number, @at, @UserName, @Name, kind, what, @why from unnest(@cases, @kinds, @whats) as line (case_number, kind, what)
            """,
            new { at = time.GetUtcNow(), by.UserName, by.Name, why, cases = lines.Select(line => line.CaseNumber).ToArray(), kinds = lines.Select(line => line.Kind).ToArray(), whats = lines.Select(line => line.What).ToArray() });
        foreach (var (caseNumber, kind, what) in lines)
            await audit.AddAsync(by, "case." + kind, AuditTrail.Case(caseNumber), what, why);
    }

    /// <summary>The case's history, oldest first.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> ListAsync(string caseNumber) =>
        (await connection.QueryAsync<Row>(
            """
            select at, actor_name as ActorName, place, kind, state, what, why
            from tongban.timeline where case_number = @caseNumber order by id
            """,
            new { caseNumber })).Select(r => new TimelineEntry(r.At, r.ActorName, r.Place, r.Kind, r.State, r.What, r.Why)).ToList();

    private sealed record Row(DateTime At, string ActorName, string? Place, string Kind, string? State, string What, string? Why);
}
