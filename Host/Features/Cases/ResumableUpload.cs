using System.Security.Claims;
using Dapper;
using Elsa.Persistence;
using Microsoft.AspNetCore.Mvc;
using TongBan.Domain;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>A file that will come in parts.</summary>
internal sealed record UploadRequest(string? RequirementCode, string? FileName, long Size);

/// <summary>How far it has come.</summary>
/// <param name="Offset">Bytes that are here; the next part begins there.</param>
/// <param name="Material">The material that it became, once it is complete.</param>
internal sealed record UploadProgress(Guid Id, long Offset, long Size, Guid? Material);

/// <summary>Takes a file in parts, so that a link that breaks costs one part and not the file.</summary>
internal sealed class ResumableUpload(DatabaseSession session, UploadMaterial upload, TimeProvider time)
{
    /// <summary>The largest part, in bytes.</summary>
    private const int LargestPart = 4 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        var uploads = api.MapGroup("/cases/{number}/uploads");
        uploads.MapPost("", async (ResumableUpload handler, string number, UploadRequest request, ClaimsPrincipal user, CancellationToken ct) =>
            (await handler.BeginAsync(number, request, user.ToActor())).Answer(progress => Results.Created($"/api/cases/{number}/uploads/{progress.Id}", progress)))
            .WithSummary("Begin an upload in parts");
        uploads.MapGet("/{id:guid}", async (ResumableUpload handler, string number, Guid id, ClaimsPrincipal user) =>
            (await handler.FindAsync(number, id, user.ToActor())).Answer(Results.Ok)).WithSummary("How far an upload has come");
        uploads.MapPatch("/{id:guid}", async (
            ResumableUpload handler, string number, Guid id, [FromHeader(Name = "Upload-Offset")] long offset, HttpRequest request, ClaimsPrincipal user, CancellationToken ct) =>
            (await handler.AppendAsync(number, id, offset, request.Body, user.ToActor(), ct)).Answer(Results.Ok))
            .WithMetadata(new RequestSizeLimitAttribute(LargestPart + 1024)).DisableAntiforgery()
            .WithSummary("Send the part that begins at Upload-Offset; the last one completes the file");
    }

    public async Task<Result<UploadProgress>> BeginAsync(string number, UploadRequest request, Actor by)
    {
        if ((await upload.EntryAsync(number, request.RequirementCode ?? "", by)).IsRefused(out var refusal, out var entry))
            return refusal;
        if (request.Size > MaterialIntake.LargestFile)
            return new FileTooLarge();
        if (request.Size <= 0)
            return new FileEmpty();
        var id = Guid.CreateVersion7();
        await session.Connection.ExecuteAsync(
            """
            insert into tongban.uploads (id, case_number, requirement_code, file_name, size, created_by, created_at)
            values (@id, @number, @Code, @name, @Size, @by, @at)
            """,
            new { id, number, entry.Code, name = request.FileName ?? "材料", request.Size, by = by.UserName, at = time.GetUtcNow() });
        return new UploadProgress(id, 0, request.Size, null);
    }

    public async Task<Result<UploadProgress>> FindAsync(string number, Guid id, Actor by) =>
        await RowAsync(number, id, by) is { } row ? row.Progress : new UploadUnknown();

    public async Task<Result<UploadProgress>> AppendAsync(string number, Guid id, long offset, Stream part, Actor by, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await part.CopyToAsync(content, cancellation);
        var result = await session.InTransactionAsync<Result<UploadProgress>>(
            async ct =>
            {
                if (await RowAsync(number, id, by, " for update") is not { } row)
                    return new UploadUnknown();
                if (row.Material is not null)
                    return row.Progress;
                if (offset != row.Received || content.Length == 0 || row.Received + content.Length > row.Size)
                    return new UploadElsewhere(row.Received);
                await session.Connection.ExecuteAsync(
                    """
                    insert into tongban.upload_parts (upload, at, content) values (@id, @offset, @bytes);
                    update tongban.uploads set received = received + @length where id = @id
                    """,
                    new { id, offset, bytes = content.ToArray(), length = content.Length });
                return row.Received + content.Length < row.Size ? row.Progress with { Offset = row.Received + content.Length } : await CompleteAsync(row, by, ct);
            },
            cancellation);
        if (result.Refusal is { } refused && refused is not UploadElsewhere and not UploadUnknown)
            await session.Connection.ExecuteAsync("delete from tongban.uploads where id = @id", new { id });
        return result;
    }

    /// <summary>Deletes uploads that were begun longer ago than a day, complete or given up.</summary>
    public Task ForgetAsync() => session.Connection.ExecuteAsync("delete from tongban.uploads where created_at < @before", new { before = time.GetUtcNow().AddDays(-1) });

    private async Task<Result<UploadProgress>> CompleteAsync(Row row, Actor by, CancellationToken cancellation)
    {
        var parts = await session.Connection.QueryAsync<byte[]>("select content from tongban.upload_parts where upload = @Id order by at", new { row.Id });
        using var whole = new MemoryStream([.. parts.SelectMany(bytes => bytes)]);
        if ((await upload.HandleAsync(row.CaseNumber, row.RequirementCode, row.FileName, whole, by, cancellation)).IsRefused(out var refusal, out var material))
            return refusal;
        await session.Connection.ExecuteAsync(
            "update tongban.uploads set material = @material where id = @Id; delete from tongban.upload_parts where upload = @Id", new { row.Id, material = material.Id });
        return new UploadProgress(row.Id, row.Size, row.Size, material.Id);
    }

    private Task<Row?> RowAsync(string number, Guid id, Actor by, string andLock = "") => session.Connection.QuerySingleOrDefaultAsync<Row?>(
        $"""
        select id, case_number as CaseNumber, requirement_code as RequirementCode, file_name as FileName, size, received, material
        from tongban.uploads where id = @id and case_number = @number and created_by = @by{andLock}
        """,
        new { id, number, by = by.UserName });

    private sealed record UploadUnknown() : Refusal(RefusalKind.NotFound, "upload_unknown", "没有这次上传，请重新选择文件");

    private sealed record UploadElsewhere(long Received) : Refusal(RefusalKind.Conflict, "upload_offset", $"已收到 {Received} 字节，请从那里继续");

    private sealed record Row(Guid Id, string CaseNumber, string RequirementCode, string FileName, long Size, long Received, Guid? Material)
    {
        public UploadProgress Progress => new(Id, Received, Size, Material);
    }
}
