using Dapper;
using Npgsql;
using TongBan.Domain.Cases;

namespace TongBan.Domain.Materials;

/// <summary>A request for supplement (补正): everything that is missing, told once.</summary>
/// <param name="Round">1 for the case's first request.</param>
/// <param name="Missing">Codes of checklist entries, or plain words.</param>
public sealed record Supplement(Guid Id, string CaseNumber, int Round, IReadOnlyList<string> Missing, string? Reason, CaseState ResumeState, DateTimeOffset RequestedAt, string RequestedBy, DateTimeOffset? SuppliedAt);

/// <summary>Requests for supplement; at most one of a case is open.</summary>
public sealed class SupplementStore(NpgsqlConnection connection, TimeProvider time)
{
    private const string Columns =
        "id, case_number as CaseNumber, round, missing, reason, requested_at as RequestedAt, requested_by as RequestedBy, resume_state as ResumeState, supplied_at as SuppliedAt";

    /// <summary>Opens a request. While one is open, what is missing is added to it, so that the applicant is told once.</summary>
    public async Task RequestAsync(string caseNumber, IReadOnlyList<string> missing, string? reason, CaseState resumeState, string by)
    {
        if (await OpenAsync(caseNumber) is { } open)
            await connection.ExecuteAsync(
                "update tongban.supplements set missing = @missing, reason = coalesce(@reason, reason) where id = @Id",
                new { open.Id, reason, missing = open.Missing.Union(missing, StringComparer.Ordinal).ToArray() });
        else
            await connection.ExecuteAsync(
                """
                insert into tongban.supplements (id, case_number, round, missing, reason, requested_at, requested_by, resume_state)
                values (@id, @caseNumber, (select count(*) + 1 from tongban.supplements where case_number = @caseNumber), @missing, @reason, @at, @by, @resume)
                """,
                new { id = Guid.CreateVersion7(), caseNumber, missing = missing.ToArray(), reason, at = time.GetUtcNow(), by, resume = resumeState.Code() });
    }

    /// <summary>The open request, or null.</summary>
    public async Task<Supplement?> OpenAsync(string caseNumber) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns} from tongban.supplements where case_number = @caseNumber and supplied_at is null", new { caseNumber }))?.ToSupplement();

    /// <summary>All requests of the case, oldest first.</summary>
    public async Task<IReadOnlyList<Supplement>> ListAsync(string caseNumber) =>
        (await connection.QueryAsync<Row>($"select {Columns} from tongban.supplements where case_number = @caseNumber order by round", new { caseNumber }))
        .Select(r => r.ToSupplement()).ToList();

    /// <summary>Closes the open request: everything was supplied.</summary>
    public Task SuppliedAsync(string caseNumber) =>
        connection.ExecuteAsync(
            "update tongban.supplements set supplied_at = @at where case_number = @caseNumber and supplied_at is null",
            new { caseNumber, at = time.GetUtcNow() });

    private sealed record Row
    {
        public Guid Id { get; init; }
        public required string CaseNumber { get; init; }
        public int Round { get; init; }
        public required string[] Missing { get; init; }
        public string? Reason { get; init; }
        public CaseState ResumeState { get; init; }
        public DateTime RequestedAt { get; init; }
        public required string RequestedBy { get; init; }
        public DateTime? SuppliedAt { get; init; }

        public Supplement ToSupplement() => new(Id, CaseNumber, Round, Missing, Reason, ResumeState, RequestedAt, RequestedBy, SuppliedAt);
    }
}
