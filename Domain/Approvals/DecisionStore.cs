using Dapper;
using Npgsql;

namespace TongBan.Domain.Approvals;

/// <summary>Decisions and their files.</summary>
public sealed class DecisionStore(NpgsqlConnection connection)
{
    /// <summary>Stores the decision; false when the case has one already, which then stands.</summary>
    public async Task<bool> AddAsync(Decision decision) =>
        await connection.ExecuteAsync(
            """
            insert into tongban.decisions (case_number, result, document_number, reason, authority, decided_at, decided_by)
            values (@CaseNumber, @result, @DocumentNumber, @Reason, @Authority, @DecidedAt, @DecidedBy)
            on conflict (case_number) do nothing
            """,
            new { decision.CaseNumber, result = Codes.Of(decision.Result), decision.DocumentNumber, decision.Reason, decision.Authority, decision.DecidedAt, decision.DecidedBy }) == 1;

    /// <summary>The case's decision, or null.</summary>
    public async Task<Decision?> FindAsync(string caseNumber) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(
            """
            select case_number as CaseNumber, result, document_number as DocumentNumber, reason, authority,
                decided_at as DecidedAt, decided_by as DecidedBy
            from tongban.decisions where case_number = @caseNumber
            """,
            new { caseNumber }))?.ToDecision();

    /// <summary>Whether another case of this authority carries the document number.</summary>
    public Task<bool> IsNumberTakenAsync(string authority, string documentNumber, string byOtherThan) =>
        connection.ExecuteScalarAsync<bool>(
            "select exists (select from tongban.decisions where authority = @authority and document_number = @documentNumber and case_number <> @byOtherThan)",
            new { authority, documentNumber, byOtherThan });

    /// <summary>Adds a file of the result.</summary>
    public Task AddFileAsync(string caseNumber, StoredResultFile file) =>
        connection.ExecuteAsync(
            "insert into tongban.result_files (id, case_number, file_name, media_type, sha256, size) values (@Id, @caseNumber, @FileName, @MediaType, @Sha256, @Size)",
            new { file.Id, caseNumber, file.FileName, file.MediaType, file.Sha256, file.Size });

    /// <summary>The result's files.</summary>
    public async Task<IReadOnlyList<StoredResultFile>> FilesAsync(string caseNumber) =>
        (await connection.QueryAsync<StoredResultFile>(
            "select id, file_name as FileName, media_type as MediaType, sha256, size from tongban.result_files where case_number = @caseNumber order by id",
            new { caseNumber })).AsList();

    private sealed record Row
    {
        public required string CaseNumber { get; init; }
        public DecisionResult Result { get; init; }
        public string? DocumentNumber { get; init; }
        public string? Reason { get; init; }
        public required string Authority { get; init; }
        public DateTime DecidedAt { get; init; }
        public required string DecidedBy { get; init; }

        public Decision ToDecision() => new(CaseNumber, Result, DocumentNumber, Reason, Authority, DecidedAt, DecidedBy);
    }
}
