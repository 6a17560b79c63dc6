using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.Partners;

/// <summary>What failed and waits for a person (异常): a call that was given up, a step that broke, a message that makes no sense, rows that disagree.</summary>
/// <param name="CaseNumber">The case; null for a message that belongs to none.</param>
/// <param name="Source"><c>call</c>, <c>workflow</c>, <c>message</c> or <c>check</c>.</param>
/// <param name="Reference">The call's or message's id, the instance's id and the activity's, or what the check found.</param>
/// <param name="State"><c>open</c>, <c>retried</c>, <c>skipped</c>, <c>cancelled</c>, or <c>healed</c> when its cause went by itself.</param>
public sealed record Incident(Guid Id, string? CaseNumber, string Source, string Reference, string What, string? Detail, string State, DateTime OpenedAt)
{
    /// <summary>The source of an incident that a call to a partner left.</summary>
    public const string OfCall = "call";

    /// <summary>The state of one that waits for a person.</summary>
    public const string Open = "open";

    /// <summary>The source of an incident that a partner's message left which makes no sense.</summary>
    public const string OfMessage = "message";

    /// <summary>The source of an incident that the check of the cases' rows found.</summary>
    public const string OfCheck = "check";

    /// <summary>The source of an incident that a workflow step left.</summary>
    public const string OfWorkflow = "workflow";
}

/// <summary>Incidents in PostgreSQL; the same thing is open once at most.</summary>
public sealed class IncidentStore(NpgsqlConnection connection, TimeProvider time)
{
    private const string Columns = "id, case_number as CaseNumber, source, reference, what, detail, state, opened_at as OpenedAt";

    /// <summary>Opens an incident; when one is open for the same thing, its detail is brought up to date.</summary>
    /// <returns>Whether it is a new one.</returns>
    public Task<bool> OpenAsync(string? caseNumber, string source, string reference, string what, string? detail) =>
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

    /// <summary>How many wait for a person.</summary>
    public Task<int> CountOpenAsync() => connection.ExecuteScalarAsync<int>("select count(*) from tongban.incidents where state = 'open'");

    /// <summary>A page of those that wait or were settled, newest first, each with what is known of the call that failed.</summary>
    public async Task<Page<IncidentLine>> PageAsync(bool open, string? source, int page, int pageSize)
    {
        var rows = (await connection.QueryAsync<IncidentLine>(
            """
            select i.id, i.case_number as CaseNumber, i.source, i.what, i.detail, i.state, i.opened_at as OpenedAt, i.settled_at as SettledAt, i.settled_by as SettledBy,
                i.reason, c.partner_kind as PartnerKind, c.partner, coalesce(c.attempts, 0) as Attempts,
                case when c.state = 'pending' then c.next_attempt_at end as NextAttemptAt, count(*) over ()::int as Total
            from tongban.incidents i left join tongban.partner_calls c on c.id = case when i.source = 'call' then i.reference::uuid end
            where (i.state = 'open') = @open and (@source::text is null or i.source = @source)
            order by i.opened_at desc, i.id limit @pageSize offset @skip
            """,
            new { open, source, pageSize, skip = page * (long)pageSize })).AsList();
        return new Page<IncidentLine>(rows, rows.Count > 0 ? rows[0].Total : 0);
    }

    /// <summary>Closes an incident whose cause has gone by itself.</summary>
    public Task CloseAsync(string source, string reference, string why) =>
        connection.ExecuteAsync(
            "update tongban.incidents set state = 'healed', reason = @why, settled_at = @at, settled_by = @by where source = @source and reference = @reference and state = 'open'",
            new { source, reference, why, at = time.GetUtcNow(), by = Actor.System.UserName });

    /// <summary>The case's incidents, oldest first.</summary>
    public async Task<IReadOnlyList<Incident>> ListAsync(string caseNumber) =>
        (await connection.QueryAsync<Incident>($"select {Columns} from tongban.incidents where case_number = @caseNumber order by opened_at", new { caseNumber })).AsList();
}

/// <summary>An incident in a list.</summary>
public sealed record IncidentLine
{
    public Guid Id { get; init; }
    public string? CaseNumber { get; init; }
    public required string Source { get; init; }
    public required string What { get; init; }

    /// <summary>What the partner answered, or what is known of the cause.</summary>
    public string? Detail { get; init; }
    public required string State { get; init; }
    public DateTime OpenedAt { get; init; }
    public DateTime? SettledAt { get; init; }
    public string? SettledBy { get; init; }
    public string? Reason { get; init; }
    public PartnerKind? PartnerKind { get; init; }
    public string? Partner { get; init; }

    /// <summary>How often the call was made.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried again; null when that waits for a person.</summary>
    public DateTime? NextAttemptAt { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public int Total { get; init; }
}
