using Dapper;
using Npgsql;

namespace TongBan.Domain.Materials;

/// <summary>The materials of cases: what was handed in, never overwritten.</summary>
public sealed class MaterialStore(NpgsqlConnection connection)
{
    private const string Columns =
        """
        id, case_number as CaseNumber, requirement_code as RequirementCode, file_name as FileName, media_type as MediaType,
        sha256, size, pages, uploaded_at as UploadedAt, uploaded_by as UploadedBy, origin
        """;

    /// <summary>Adds a file to the case.</summary>
    public Task AddAsync(Material material) =>
        connection.ExecuteAsync(
            """
            insert into tongban.materials (id, case_number, requirement_code, file_name, media_type, sha256, size, pages, uploaded_at, uploaded_by, origin)
            values (@Id, @CaseNumber, @RequirementCode, @FileName, @MediaType, @Sha256, @Size, @Pages, @UploadedAt, @UploadedBy, @origin)
            """,
            new
            {
                material.Id, material.CaseNumber, material.RequirementCode, material.FileName, material.MediaType, material.Sha256, material.Size, material.Pages,
                material.UploadedAt, material.UploadedBy, origin = Codes.Of(material.Origin),
            });

    /// <summary>The case's materials, oldest first; the newest of a requirement is the one that counts.</summary>
    public async Task<IReadOnlyList<Material>> ListAsync(string caseNumber) =>
        (await connection.QueryAsync<Row>($"select {Columns} from tongban.materials where case_number = @caseNumber order by uploaded_at, id", new { caseNumber }))
        .Select(r => r.ToMaterial()).ToList();

    /// <summary>One material of the case, or null.</summary>
    public async Task<Material?> FindAsync(string caseNumber, Guid id) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns} from tongban.materials where case_number = @caseNumber and id = @id", new { caseNumber, id }))?.ToMaterial();

    /// <summary>
    /// Licences that the applicant of a case handed in for other cases and that may be used again for it, newest first: files for entries of
    /// the same name, both open to re-use.
    /// </summary>
    /// <param name="caseNumber">The case that wants them.</param>
    /// <param name="since">How old they may be.</param>
    public async Task<IReadOnlyList<ReusableLicence>> ReusableAsync(string caseNumber, DateTimeOffset since) =>
        (await connection.QueryAsync<ReusableLicence>(
            """
            select wanted.code as RequirementCode, m.id, m.case_number as CaseNumber, m.file_name as FileName, m.uploaded_at as UploadedAt
            from tongban.cases c
            join tongban.material_requirements wanted on wanted.item = c.item_code and wanted.reusable
            join tongban.cases earlier on earlier.id_mark = c.id_mark and earlier.number <> c.number
            join tongban.material_requirements given on given.item = earlier.item_code and given.reusable and given.name = wanted.name
            join tongban.materials m on m.case_number = earlier.number and m.requirement_code = given.code and m.origin = 'file'
            where c.number = @caseNumber and m.uploaded_at >= @since
            order by m.uploaded_at desc limit 50
            """,
            new { caseNumber, since = since.ToUniversalTime() })).AsList();

    private sealed record Row(
        Guid Id, string CaseNumber, string RequirementCode, string FileName, string MediaType, string Sha256, long Size, int? Pages,
        DateTime UploadedAt, string UploadedBy, string Origin)
    {
        public Material ToMaterial() => new(
            Id, CaseNumber, RequirementCode, FileName, MediaType, Sha256, Size, Pages, UploadedAt, UploadedBy, Enum.Parse<MaterialOrigin>(Origin, ignoreCase: true));
    }
}
