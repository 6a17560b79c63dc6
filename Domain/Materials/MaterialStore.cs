using Dapper;
using Npgsql;

namespace TongBan.Domain.Materials;

/// <summary>The materials of cases: what was handed in, never overwritten.</summary>
public sealed class MaterialStore(NpgsqlConnection connection)
{
    private const string Columns =
        """
        id, case_number as CaseNumber, requirement_code as RequirementCode, file_name as FileName, media_type as MediaType,
        sha256, size, pages, uploaded_at as UploadedAt, uploaded_by as UploadedBy
        """;

    /// <summary>Adds a file to the case.</summary>
    public Task AddAsync(Material material) =>
        connection.ExecuteAsync(
            """
            insert into tongban.materials (id, case_number, requirement_code, file_name, media_type, sha256, size, pages, uploaded_at, uploaded_by)
            values (@Id, @CaseNumber, @RequirementCode, @FileName, @MediaType, @Sha256, @Size, @Pages, @UploadedAt, @UploadedBy)
            """,
            material);

    /// <summary>The case's materials, oldest first; the newest of a requirement is the one that counts.</summary>
    public async Task<IReadOnlyList<Material>> ListAsync(string caseNumber) =>
        (await connection.QueryAsync<Row>($"select {Columns} from tongban.materials where case_number = @caseNumber order by uploaded_at, id", new { caseNumber }))
        .Select(r => r.ToMaterial()).ToList();

    /// <summary>One material of the case, or null.</summary>
    public async Task<Material?> FindAsync(string caseNumber, Guid id) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns} from tongban.materials where case_number = @caseNumber and id = @id", new { caseNumber, id }))?.ToMaterial();

    private sealed record Row(
        Guid Id, string CaseNumber, string RequirementCode, string FileName, string MediaType, string Sha256, long Size, int? Pages,
        DateTime UploadedAt, string UploadedBy)
    {
        public Material ToMaterial() => new(Id, CaseNumber, RequirementCode, FileName, MediaType, Sha256, Size, Pages, UploadedAt, UploadedBy);
    }
}
