using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Notifications;
using TongBan.Host.Features.Audit;
using TongBan.Host.Features.Tracking;
using TongBan.Host.Papers;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>A paper of the case as PDF: the same bytes each time.</summary>
internal static class PrintDocument
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/cases/{number}/documents/{kind}.pdf", async (CaseAccess access, NoticeStore notices, NoticePrints prints, ViewLog views, string number, string kind, ClaimsPrincipal user, CancellationToken cancellation) =>
        {
            if ((await access.FindAsync(number, user.ToActor(), Act.PrintPaper)).IsRefused(out var refusal, out _))
                return refusal.ToProblem();
            if (!Enum.TryParse<NoticeKind>(kind, ignoreCase: true, out var paper) || await notices.LatestAsync(number, paper) is not { } notice)
                return new NotIssued(kind).ToProblem();
            await views.AddAsync(user.ToActor(), "case.print", AuditTrail.Case(number), $"打印{NoticeStore.TitleOf(paper)}（{notice.Number}）");
            return Results.File(await prints.PrintAsync(notice, cancellation), "application/pdf", $"{notice.Number}.pdf");
        }).WithSummary("A paper as PDF: receipt, acceptance, refusal, supplement or delivery");

        api.MapGet("/track/{number}/documents/{kind}.pdf", async (CaseStore cases, NoticeStore notices, NoticePrints prints, string number, string kind, string? secret, CancellationToken cancellation) =>
        {
            if ((await TrackCase.FindAsync(cases, number, secret)).IsRefused(out var refusal, out _))
                return refusal.ToProblem();
            return !Enum.TryParse<NoticeKind>(kind, ignoreCase: true, out var paper) || await notices.LatestAsync(number, paper) is not { } notice
                ? new NotIssued(kind).ToProblem()
                : Results.File(await prints.PrintAsync(notice, cancellation), "application/pdf", $"{notice.Number}.pdf");
        }).AllowAnonymous().RequireRateLimiting(ProblemServices.TrackingLimit).WithSummary("A paper for the applicant, by case number and secret");
    }

    private sealed record NotIssued(string Paper) : Refusal(RefusalKind.NotFound, "document_not_issued", $"没有出具过这种文书：{Paper}");
}
