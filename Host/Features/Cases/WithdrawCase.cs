using System.Security.Claims;
using TongBan.Host.People.Access;
using TongBan.Host.Workflows;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Workflows;

namespace TongBan.Host.Features.Cases;

/// <summary>Why the applicant withdraws.</summary>
internal sealed record WithdrawRequest(string? Reason);

/// <summary>Takes down that the applicant withdraws (撤件) and lets the workflow end the case, in one transaction.</summary>
internal sealed class WithdrawCase(CaseTransaction transaction, CaseAccess access, CaseStore cases, CaseWorkflows workflows, GetCase view)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cases/{number}/withdraw", async (WithdrawCase handler, string number, WithdrawRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.HandleAsync(number, request.Reason, user.ToActor(), cancellation)).Answer(Results.Ok))
            .RequireAuthorization(Policies.For(Act.WithdrawCase))
            .WithSummary("Withdraw the case, possible until the decision");

    public async Task<Result<CaseView>> HandleAsync(string number, string? reason, Actor clerk, CancellationToken cancellation)
    {
        if ((await access.FindAsync(number, clerk, Act.WithdrawCase)).IsRefused(out var refusal, out var @case))
            return refusal;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return new FieldInvalid("reason", "请填写撤件理由，不超过 500 字");

        var withdrawn = await transaction.RunAsync(
            @case,
            async ct =>
            {
                var result = await cases.WithdrawAsync(number, reason.Trim(), clerk);
                if (result.Refusal is null)
                    await workflows.WakeAsync(@case, ct);
                return result;
            },
            cancellation);
        return withdrawn.IsRefused(out refusal, out _) ? refusal : await view.HandleAsync(number, clerk);
    }
}
