using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.Materials.Content;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>The bytes of a file that came with the decision; who looked is on the timeline.</summary>
internal static class DownloadResult
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{number}/results/{id:guid}", async (
            CaseAccess access, DecisionStore decisions, TimelineStore timeline, IContentStore contents, string number, Guid id, ClaimsPrincipal user, HttpResponse response) =>
        {
            var actor = user.ToActor();
            if ((await access.FindAsync(number, actor, Act.DownloadFile)).IsRefused(out var refusal, out _))
                return refusal.ToProblem();
            if ((await decisions.FilesAsync(number)).FirstOrDefault(f => f.Id == id) is not { } file || await contents.OpenAsync(file.Sha256) is not { } stream)
                return new ResultUnknown().ToProblem();

            await timeline.AddAsync(number, actor, "access", $"查看结果文件“{file.FileName}”");
            response.Headers.ContentSecurityPolicy = "sandbox";
            return Results.File(stream, file.MediaType, file.FileName);
        }).WithSummary("The bytes of a file that came with the decision; the access is logged");

    private sealed record ResultUnknown() : Refusal(RefusalKind.NotFound, "result_unknown", "没有这份结果文件");
}
