using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.TimeLimits;

/// <summary>What became of a request for an extension.</summary>
public enum ExtensionState
{
    /// <summary>待批准.</summary>
    Asked,

    /// <summary>已批准.</summary>
    Granted,

    /// <summary>不同意.</summary>
    Refused,
}

/// <summary>A request for more days (延长时限), and what the head of the authority said.</summary>
/// <param name="Days">How many days of the limit's kind.</param>
/// <param name="Reason">Why; the applicant is told.</param>
/// <param name="Note">What the head said to it.</param>
public sealed record ExtensionRequest(
    Guid Id, string CaseNumber, int Days, string Reason, string AskedBy, string AskedByName, DateTimeOffset AskedAt, ExtensionState State,
    string? DecidedByName, DateTimeOffset? DecidedAt, string? Note);

/// <summary>Requests for extensions. A case has one open request at most.</summary>
public sealed class ExtensionStore(NpgsqlConnection connection, TimeProvider time)
{
    private const string Select =
        """
        select e.id, e.case_number as CaseNumber, e.days, e.reason, e.asked_by as AskedBy, e.asked_by_name as AskedByName, e.asked_at as AskedAt, e.state,
            e.decided_by_name as DecidedByName, e.decided_at as DecidedAt, e.note
        from tongban.limit_extensions e
        """;

    /// <summary>Stores a request; null when the case has an open one.</summary>
    public async Task<ExtensionRequest?> AskAsync(string caseNumber, int days, string reason, Actor by)
    {
        var id = Guid.CreateVersion7();
        await connection.ExecuteAsync(
            """
            insert into tongban.limit_extensions (id, case_number, days, reason, asked_by, asked_by_name, asked_at)
            values (@id, @caseNumber, @days, @reason, @UserName, @Name, @at)
            on conflict (case_number) where state = 'asked' do nothing
            """,
            new { id, caseNumber, days, reason, by.UserName, by.Name, at = time.GetUtcNow() });
        return await OneAsync("e.id = @id", new { id });
    }

    /// <summary>Writes down the head's word; false when it was said before.</summary>
    public async Task<bool> DecideAsync(Guid id, ExtensionState state, string? note, Actor by) =>
        await connection.ExecuteAsync(
            """
            update tongban.limit_extensions
            set state = @state, note = @note, decided_by = @UserName, decided_by_name = @Name, decided_at = @at
            where id = @id and state = 'asked'
            """,
            new { id, state = Codes.Of(state), note, by.UserName, by.Name, at = time.GetUtcNow() }) == 1;

    /// <summary>The case's newest request, or null.</summary>
    public Task<ExtensionRequest?> LatestAsync(string caseNumber) =>
        OneAsync("e.case_number = @caseNumber order by e.asked_at desc limit 1", new { caseNumber });

    /// <summary>The open requests in an authority's cases, oldest first, for its head.</summary>
    public async Task<IReadOnlyList<ExtensionRequest>> ListOpenAsync(string authority) =>
        [.. (await connection.QueryAsync<Row>(
            $"{Select} join tongban.cases c on c.number = e.case_number where e.state = 'asked' and c.authority = @authority and c.closed_at is null order by e.asked_at",
            new { authority })).Select(row => row.ToRequest())];

    private async Task<ExtensionRequest?> OneAsync(string condition, object parameters) =>
        (await connection.QuerySingleOrDefaultAsync<Row>($"{Select} where {condition}", parameters))?.ToRequest();

    private sealed record Row(
        Guid Id, string CaseNumber, int Days, string Reason, string AskedBy, string AskedByName, DateTime AskedAt, string State,
        string? DecidedByName, DateTime? DecidedAt, string? Note)
    {
        public ExtensionRequest ToRequest() => new(
            Id, CaseNumber, Days, Reason, AskedBy, AskedByName, AskedAt, Enum.Parse<ExtensionState>(State, ignoreCase: true), DecidedByName, DecidedAt, Note);
    }
}
