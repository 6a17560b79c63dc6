using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Materials;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>A file that was taken in.</summary>
internal sealed record UploadedMaterial(Guid Id, string Sha256, long Size, int? Pages);

/// <summary>Takes a file for one entry of the case's checklist. Nothing is ever overwritten; the newest file of an entry counts.</summary>
internal sealed class UploadMaterial(CaseAccess access, CaseDesk desk, MaterialIntake intake)
{
    /// <summary>A file of the largest size, with what multipart adds around it; what is larger never reaches the disk.</summary>
    private const long LargestRequest = MaterialIntake.LargestFile + (1024 * 1024);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cases/{number}/materials", async (UploadMaterial handler, string number, HttpRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
        {
            if (!request.HasFormContentType)
                return Problem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media", "请以 multipart/form-data 上传");
            if (await ReadAsync(request, cancellation) is not { } form)
                return Problem.Of(StatusCodes.Status400BadRequest, "unreadable", "请求内容无法识别，请检查格式");
            return form.Files.GetFile("file") is not { } file
                ? new FieldInvalid("file", "请选择要上传的文件").ToProblem()
                : (await handler.HandleAsync(number, form["requirementCode"].ToString(), file.FileName, file.OpenReadStream(), user.ToActor(), cancellation))
                    .Answer(m => Results.Created($"/api/cases/{number}/materials/{m.Id}", m));
        })
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestRequest), new Microsoft.AspNetCore.Mvc.RequestFormLimitsAttribute { MultipartBodyLengthLimit = LargestRequest })
            .DisableAntiforgery()
            .WithSummary("Upload a file for one entry of the checklist (multipart: requirementCode, file)");

    public async Task<Result<UploadedMaterial>> HandleAsync(string number, string requirementCode, string fileName, Stream content, Actor by, CancellationToken cancellation)
    {
        if ((await EntryAsync(number, requirementCode, by)).IsRefused(out var refusal, out var entry))
            return refusal;
        if ((await intake.TakeAsync(content, cancellation)).IsRefused(out refusal, out var taken))
            return refusal;
        var name = FileNames.Of(fileName, taken.Nature);
        return await KeepAsync(number, entry, name, taken, MaterialOrigin.File, $"收取“{entry.Name}”（{name}）", by);
    }

    /// <summary>The checklist's entry, if this person may hand in something for it.</summary>
    internal async Task<Result<MaterialRequirement>> EntryAsync(string number, string requirementCode, Actor by, Act act = Act.UploadMaterial)
    {
        if ((await access.FindAsync(number, by, act)).IsRefused(out var refusal, out var @case))
            return refusal;
        if (@case.ClosedAt is not null)
            return new CaseClosed();
        var item = await desk.ItemAsync(@case);
        return item.Materials.FirstOrDefault(m => m.Code == requirementCode) is { } entry ? entry : new FieldInvalid("requirementCode", $"事项清单中没有材料 {requirementCode}");
    }

    /// <summary>Adds what was taken to the case, and says so on its timeline.</summary>
    internal async Task<UploadedMaterial> KeepAsync(string number, MaterialRequirement entry, string fileName, TakenFile taken, MaterialOrigin origin, string what, Actor by)
    {
        var material = new Material(
            Guid.CreateVersion7(), number, entry.Code, fileName, taken.Nature.MediaType, taken.Sha256, taken.Size, taken.Nature.Pages, desk.Time.GetUtcNow(), by.UserName, origin);
        await desk.Materials.AddAsync(material);
        await desk.Timeline.AddAsync(number, by, "material", what);
        return new UploadedMaterial(material.Id, material.Sha256, material.Size, material.Pages);
    }

    /// <summary>The form, or null when it breaks off or is not in the form that it announces.</summary>
    private static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.ReadFormAsync(cancellation);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return null;
        }
    }

    private sealed record CaseClosed() : Refusal(RefusalKind.Conflict, "case_closed", "办件已归档，不能再收取材料");
}
