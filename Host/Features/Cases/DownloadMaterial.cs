using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Materials;
using TongBan.Domain.Materials.Content;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>The bytes of a material; who looked is on the timeline.</summary>
internal static class DownloadMaterial
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{number}/materials/{id:guid}", async (
            CaseAccess access, MaterialStore materials, TimelineStore timeline, IContentStore contents, string number, Guid id, ClaimsPrincipal user, HttpResponse response, bool inline = false) =>
        {
            var actor = user.ToActor();
            if ((await access.FindAsync(number, actor, Act.DownloadFile)).IsRefused(out var refusal, out _))
                return refusal.ToProblem();
            if (await materials.FindAsync(number, id) is not { } material || await contents.OpenAsync(material.Sha256) is not { } stream)
                return new MaterialUnknown().ToProblem();

            await timeline.AddAsync(number, actor, "access", $"查看材料“{material.FileName}”");
            // Shown inside a case, it may be framed by us; a sandbox would keep the browser's PDF viewer out.
            response.Headers.ContentSecurityPolicy = inline ? "frame-ancestors 'self'" : "sandbox";
            return Results.File(stream, material.MediaType, inline ? null : material.FileName);
        }).WithSummary("The bytes of a material; the access is logged");

    private sealed record MaterialUnknown() : Refusal(RefusalKind.NotFound, "material_unknown", "没有这份材料");
}
