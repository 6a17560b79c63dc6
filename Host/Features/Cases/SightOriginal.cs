using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Materials;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Host.Papers;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>Which original was seen at the window.</summary>
internal sealed record SightedRequest(string? RequirementCode);

/// <summary>
/// Notes that the clerk saw an original and gave it back. The note is a page of its own among the case's materials, so that the authority
/// finds it where it looks for the material.
/// </summary>
internal sealed class SightOriginal(UploadMaterial upload, CaseDesk desk, MaterialIntake intake)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cases/{number}/materials/sighted", async (SightOriginal handler, string number, SightedRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.HandleAsync(number, request.RequirementCode ?? "", user.ToActor(), cancellation)).Answer(m => Results.Created($"/api/cases/{number}/materials/{m.Id}", m)))
            .RequireAuthorization(Policies.For(Act.SightOriginal))
            .WithSummary("Note that the original of a material was sighted at the window");

    public async Task<Result<UploadedMaterial>> HandleAsync(string number, string requirementCode, Actor by, CancellationToken cancellation)
    {
        if ((await upload.EntryAsync(number, requirementCode, by, Act.SightOriginal)).IsRefused(out var refusal, out var entry))
            return refusal;
        if (entry.Form == MaterialForm.Electronic)
            return new FieldInvalid("requirementCode", $"“{entry.Name}”是电子件，没有原件可核验");
        using var page = new MemoryStream(SightingNote.Print(number, entry.Name, by, (await desk.Places.FindHallAsync(by.Hall ?? "", cancellation))?.Name, desk.Time.GetUtcNow()));
        if ((await intake.TakeAsync(page, cancellation)).IsRefused(out refusal, out var taken))
            return refusal;
        return await upload.KeepAsync(number, entry, $"原件核验记录（{entry.Name}）.pdf", taken, MaterialOrigin.Sighted, $"核验“{entry.Name}”原件后退还", by);
    }
}
