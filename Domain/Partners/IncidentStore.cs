using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.Partners;

/// <summary>What failed and waits for a person (异常): a call that was given up, or a workflow step that broke.</summary>
/// <param name="Source"><c>call</c> or <c>workflow</c>.</param>
/// <param name="Reference">The call's id, or the instance's id and the activity's.</param>
/// <param name="State"><c>open</c>, <c>retried</c>, <c>skipped</c> or <c>cancelled</c>.</param>
public sealed record Incident(Guid Id, string CaseNumber, string Source, string Reference, string What, string? Detail, string State, DateTime OpenedAt)
{
    /// <summary>The source of an incident that a call to a partner left.</summary>
    public const string OfCall = "call";

    /// <summary>The state of one that waits for a person.</summary>
    public const string Open = "open";

    /// <summary>The source of an incident that a workflow step left.</summary>
    public const string OfWorkflow = "workflow";
}

/// <summary>Incidents in PostgreSQL; the same thing is open once at most.</summary>
public sealed class IncidentStore(NpgsqlConnection connection, TimeProvider time)
{
    private const string Columns = "id, case_number as CaseNumber, source, reference, what, detail, state, opened_at as OpenedAt";

    /// <summary>Opens an incident; when one is open for the same thing, its detail is brought up to date.</summary>
    /// <returns>Whether it is a new one.</returns>
    public Task<bool> OpenAsync(string caseNumber, string source, string reference, string what, string? detail) =>
        connection.ExecuteScalarAsync<bool>(
            """
            insert into tongban.incidents (id, case_number, source, reference, what, detail, opened_at)
            values (@id, @caseNumber, @source, @reference, @what, @detail, @at)
            on conflict (source, reference) where state = 'open' do update set detail = excluded.detail
            returning xmax = 0 -- true for a row that was inserted
            """,
            new { id = Guid.CreateVersion7(), caseNumber, source, reference, what, detail, at = time.GetUtcNow() });

    /// <summary>The incident, or null.</summary>
    public Task<Incident?> FindAsync(Guid id) =>
        connection.QuerySingleOrDefaultAsync<Incident>($"select {Columns} from tongban.incidents where id = @id", new { id });

    /// <summary>Settles an open incident; false when somebody was faster.</summary>
    public async Task<bool> SettleAsync(Guid id, string state, string reason, Actor by) =>
        await connection.ExecuteAsync(
            "update tongban.incidents set state = @state, reason = @reason, settled_at = @at, settled_by = @by where id = @id and state = 'open'",
            new { id, state, reason, at = time.GetUtcNow(), by = by.UserName }) == 1;

    /// <summary>The case's incidents, oldest first.</summary>
    public async Task<IReadOnlyList<Incident>> ListAsync(string caseNumber) =>
        (await connection.QueryAsync<Incident>($"select {Columns} from tongban.incidents where case_number = @caseNumber order by opened_at", new { caseNumber })).AsList();
}
