using System.Security.Claims;
using Elsa.Persistence;
using Hangfire;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Domain.Privacy;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Privacy;

/// <summary>How long to keep; null for no rule of its own.</summary>
internal sealed record RetentionRequest(int? KeepDays);

/// <summary>Why a case is erased before its time.</summary>
internal sealed record EraseRequest(string? Reason);

/// <summary>Retention by item, kept by administrators and carried out by night; and one case at once, for a reason.</summary>
internal sealed class ErasePersonal(DatabaseSession session, Erasure erasure, RetentionRules rules, CatalogueStore catalogue, AuditTrail audit)
{
    private const int Batch = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("").RequireAuthorization(Policies.For(Act.KeepRetention));
        group.MapGet("/retention", (ErasePersonal handler) => handler.ListAsync()).WithSummary("How long personal data is kept after a case is filed, by item");
        group.MapPut("/retention/{itemCode}", async (ErasePersonal handler, string itemCode, RetentionRequest request, ClaimsPrincipal user) =>
            (await handler.SetAsync(itemCode, request.KeepDays, user.ToActor())).Answer(_ => Results.NoContent())).WithSummary("Set an item's rule; * is every other item");
        group.MapPost("/cases/{number}/erase", async (ErasePersonal handler, string number, EraseRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.EraseAsync(number, request.Reason, user.ToActor(), cancellation)).Answer(_ => Results.NoContent())).WithSummary("Erase a filed case's personal data before its time");
    }

    public Task<IReadOnlyList<RetentionRule>> ListAsync() => rules.ListAsync();

    public async Task<Result<bool>> SetAsync(string itemCode, int? keepDays, Actor by)
    {
        if (keepDays is < RetentionRules.Shortest or > RetentionRules.Longest)
            return new FieldInvalid("keepDays", $"保存期为 {RetentionRules.Shortest} 至 {RetentionRules.Longest} 天");
        if (itemCode != RetentionRules.AnyItem && await catalogue.FindAsync(itemCode) is null)
            return new ItemUnknown(itemCode);
        await rules.SetAsync(itemCode, keepDays, by);
        await audit.AddAsync(by, "retention.set", $"item/{itemCode}", keepDays is null ? "取消保存期规则" : $"保存期 {keepDays} 天");
        return true;
    }

    public async Task<Result<bool>> EraseAsync(string number, string? reason, Actor by, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 200)
            return new FieldInvalid("reason", "请填写清除理由，不超过 200 字");
        var orphans = await session.InTransactionAsync(_ => erasure.EraseAsync(number, reason.Trim(), by), cancellation);
        if (orphans is null)
            return new NotErasable();
        await erasure.DeleteAsync(orphans);
        return true;
    }

    /// <summary>The nightly job.</summary>
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await rules.DueAsync(Batch) is { Count: > 0 } due)
        {
            foreach (var number in due)
            {
                cancellation.ThrowIfCancellationRequested();
                if (await session.InTransactionAsync(_ => erasure.EraseAsync(number, "保存期届满", Actor.System), cancellation) is { } orphans)
                    await erasure.DeleteAsync(orphans);
            }
        }
    }

    private sealed record NotErasable() : Refusal(RefusalKind.NotFound, "not_erasable", "没有这个已归档且未清除的办件");
}
