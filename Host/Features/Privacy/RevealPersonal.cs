using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.Features.Cases;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Privacy;

/// <summary>Why somebody needs to see it.</summary>
internal sealed record RevealRequest(string? Reason);

/// <summary>What the pages mask.</summary>
internal sealed record RevealedPersonal(string IdNumber, string Phone, string? Email, string? Address);

/// <summary>Shows an applicant's numbers and address in full, with a reason that stays in the audit trail.</summary>
internal sealed class RevealPersonal(CaseAccess access, AuditTrail audit)
{
    private const int ShortestReason = 2;
    private const int LongestReason = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cases/{number}/personal", async (RevealPersonal handler, string number, RevealRequest request, ClaimsPrincipal user, HttpResponse response) =>
        {
            response.Headers.CacheControl = "no-store";
            return (await handler.HandleAsync(number, request.Reason, user.ToActor())).Answer(Results.Ok);
        }).RequireRateLimiting(ProblemServices.RevealLimit).WithSummary("The applicant's numbers and address in full; needs a reason, which is audited");

    public async Task<Result<RevealedPersonal>> HandleAsync(string number, string? reason, Actor by)
    {
        if ((await access.FindAsync(number, by, Act.RevealPersonal)).IsRefused(out var refusal, out var @case))
            return refusal;
        if (reason?.Trim() is not { Length: >= ShortestReason and <= LongestReason } why)
            return new FieldInvalid("reason", $"请填写查看理由，{ShortestReason} 至 {LongestReason} 字");
        // Written before anything is shown.
        await audit.AddAsync(by, "personal.reveal", AuditTrail.Case(number), "查看证件号码、电话、邮箱和地址", why);
        return new RevealedPersonal(@case.Applicant.IdNumber, @case.Applicant.Phone, @case.Applicant.Email, @case.Delivery.Address);
    }
}
