using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Materials;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>Which licence serves which entry.</summary>
internal sealed record ReuseRequest(string? RequirementCode, Guid? MaterialId);

/// <summary>Uses a licence again that the same applicant handed in for an earlier case, where both items allow it.</summary>
internal sealed class ReuseLicence(UploadMaterial upload, CaseAccess access, CaseDesk desk)
{
    /// <summary>A licence that is older was changed or has run out too often.</summary>
    private const int MostMonths = 12;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cases/{number}/reusable", async (ReuseLicence handler, string number, ClaimsPrincipal user) =>
            (await handler.ListAsync(number, user.ToActor())).Answer(Results.Ok)).RequireAuthorization(Policies.For(Act.SightOriginal))
            .WithSummary("Licences of the applicant's earlier cases that may be used again");
        api.MapPost("/cases/{number}/materials/reuse", async (ReuseLicence handler, string number, ReuseRequest request, ClaimsPrincipal user) =>
            (await handler.HandleAsync(number, request, user.ToActor())).Answer(m => Results.Created($"/api/cases/{number}/materials/{m.Id}", m)))
            .RequireAuthorization(Policies.For(Act.SightOriginal))
            .WithSummary("Use a licence of an earlier case again");
    }

    public async Task<Result<List<ReusableLicence>>> ListAsync(string number, Actor by)
    {
        if ((await access.FindAsync(number, by, Act.SightOriginal)).IsRefused(out var refusal, out _))
            return refusal;
        return (await desk.Materials.ReusableAsync(number, desk.Time.GetUtcNow().AddMonths(-MostMonths))).ToList();
    }

    public async Task<Result<UploadedMaterial>> HandleAsync(string number, ReuseRequest request, Actor by)
    {
        if ((await upload.EntryAsync(number, request.RequirementCode ?? "", by, Act.SightOriginal)).IsRefused(out var refusal, out var entry))
            return refusal;
        var licences = await desk.Materials.ReusableAsync(number, desk.Time.GetUtcNow().AddMonths(-MostMonths));
        if (licences.FirstOrDefault(licence => licence.Id == request.MaterialId && licence.RequirementCode == entry.Code) is not { } chosen
            || await desk.Materials.FindAsync(chosen.CaseNumber, chosen.Id) is not { } earlier)
            return new FieldInvalid("materialId", "没有可复用的这份证照");
        var taken = new TakenFile(FileNature.OfStored(earlier.MediaType, earlier.Pages), earlier.Sha256, earlier.Size);
        return await upload.KeepAsync(number, entry, earlier.FileName, taken, MaterialOrigin.Reused, $"复用“{entry.Name}”（取自办件 {chosen.CaseNumber}）", by);
    }
}
