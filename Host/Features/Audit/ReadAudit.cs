using System.Security.Claims;
using TongBan.Domain.Audit;
using TongBan.Domain.People;
using TongBan.Host.Audit;
using TongBan.Host.People;
using TongBan.Host.People.Access;

namespace TongBan.Host.Features.Audit;

/// <summary>A part of the trail, newest first.</summary>
/// <param name="Next">Give it as <c>before</c> for what is older; null at the beginning.</param>
internal sealed record AuditPage(IReadOnlyList<AuditEntry> Items, long? Next);

/// <summary>The audit trail for auditors; reading it is written down as well.</summary>
internal sealed class ReadAudit(AuditStore store, AuditCheckup checkup, ViewLog views, AuditTrail audit)
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/audit").RequireAuthorization(Policies.For(Act.ReadAudit));
        group.MapGet("", (ReadAudit handler, ClaimsPrincipal user, string? subject, string? userName, string? act, DateTimeOffset? from, DateTimeOffset? until, long? before, int take = 50) =>
            handler.ListAsync(new(subject, userName, act, from, until, before, take), user.ToActor())).WithSummary("The audit trail, newest first");
        group.MapPost("/check", (ReadAudit handler, ClaimsPrincipal user, CancellationToken cancellation) => handler.CheckAsync(user.ToActor(), cancellation))
            .WithSummary("Check the chain of the audit trail now");
    }

    public async Task<AuditPage> ListAsync(AuditFilter filter, Actor by)
    {
        filter = filter with { Take = Math.Clamp(filter.Take, 1, Most), Subject = Blank(filter.Subject), UserName = Blank(filter.UserName), Act = Blank(filter.Act) };
        await views.AddAsync(by, "audit.read", "audit", $"查阅审计记录 {filter.Subject} {filter.UserName} {filter.Act}".TrimEnd());
        var entries = await store.ListAsync(filter);
        return new(entries, entries.Count == filter.Take ? entries[^1].Position : null);
    }

    public async Task<AuditCheck> CheckAsync(Actor by, CancellationToken cancellation)
    {
        var check = await checkup.RunAsync(cancellation);
        await audit.AddAsync(by, "audit.check", "audit", check.Problem is null ? $"校验审计链至第 {check.Head} 条，完好" : "校验审计链，发现问题", check.Problem);
        return check;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
