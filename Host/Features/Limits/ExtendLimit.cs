using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Cases;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Host.Workflows;
using TongBan.Workflows;

namespace TongBan.Host.Features.Limits;

/// <summary>How many days an approver asks for, and why.</summary>
internal sealed record ExtensionAskRequest(int Days, string? Reason);

/// <summary>What the head says to it.</summary>
internal sealed record ExtensionDecisionRequest(string? Reason);

/// <summary>An approver asks for more days, the head of the authority grants or refuses; the workflow looks at the new date in the same transaction.</summary>
internal sealed class ExtendLimit(CaseTransaction transaction, CaseAccess access, Extension extension, ExtensionStore requests, CaseWorkflows workflows)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{number}/extension", async (ExtendLimit handler, string number, ExtensionAskRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.AskAsync(number, request.Days, request.Reason, user.ToActor(), cancellation)).Answer(asked => Results.Created($"/api/cases/{number}", asked)))
            .RequireAuthorization(Policies.For(Act.ExtendLimit)).WithSummary("Ask for an extension of the time to decide");
        api.MapPost("/cases/{number}/extension/grant", async (ExtendLimit handler, string number, ExtensionDecisionRequest? request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.GrantAsync(number, request?.Reason, user.ToActor(), cancellation)).Answer(Results.Ok))
            .RequireAuthorization(Policies.For(Act.ExtendLimit)).WithSummary("Grant the extension that was asked for; for the head of the authority");
        api.MapPost("/cases/{number}/extension/refuse", async (ExtendLimit handler, string number, ExtensionDecisionRequest? request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.RefuseAsync(number, request?.Reason, user.ToActor(), cancellation)).Answer(Results.Ok))
            .RequireAuthorization(Policies.For(Act.ExtendLimit)).WithSummary("Refuse the extension that was asked for; for the head of the authority");
        api.MapGet("/extensions", (ExtendLimit handler, ClaimsPrincipal user) => handler.ListAsync(user.ToActor()))
            .RequireAuthorization(Policies.For(Act.ExtendLimit)).WithSummary("Extensions that wait for the caller's word as head of an authority");
    }

    public Task<Result<ExtensionView>> AskAsync(string number, int days, string? reason, Actor by, CancellationToken cancellation) =>
        RunAsync(number, by, @case => extension.AskAsync(@case, days, reason, by), cancellation);

    public Task<Result<ExtensionView>> GrantAsync(string number, string? note, Actor head, CancellationToken cancellation) =>
        RunAsync(number, head, @case => extension.GrantAsync(@case, note, head), cancellation);

    public Task<Result<ExtensionView>> RefuseAsync(string number, string? note, Actor head, CancellationToken cancellation) =>
        RunAsync(number, head, @case => extension.RefuseAsync(@case, note, head), cancellation);

    public async Task<IReadOnlyList<ExtensionView>> ListAsync(Actor head) => head is { IsHead: true, Authority: { } authority }
        ? [.. (await requests.ListOpenAsync(authority)).Where(request => request.AskedBy != head.UserName).Select(ExtensionView.Of)]
        : [];

    private async Task<Result<ExtensionView>> RunAsync(string number, Actor actor, Func<Case, Task<Result<ExtensionRequest>>> act, CancellationToken cancellation)
    {
        if ((await access.FindAsync(number, actor, Act.ExtendLimit)).IsRefused(out var refusal, out var @case))
            return refusal;
        return await transaction.RunAsync<Result<ExtensionView>>(
            @case,
            async ct =>
            {
                if ((await act(@case)).IsRefused(out var refused, out var request))
                    return refused;
                await workflows.WakeAsync(@case, ct);
                return ExtensionView.Of(request);
            },
            cancellation);
    }
}
