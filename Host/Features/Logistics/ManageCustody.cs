using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Custody;
using TongBan.Domain.People;
using TongBan.Host.Features.Cases;
using TongBan.Host.Papers;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;
using TongBan.Host.Workflows;

namespace TongBan.Host.Features.Logistics;

/// <summary>The case's papers with who holds them, and how they came there.</summary>
internal sealed record CustodyView(IReadOnlyList<PaperView> Papers, IReadOnlyList<HandOverView> HandOvers);

/// <summary>A paper and who holds it.</summary>
internal sealed record PaperView(Guid Id, PaperKind Kind, string Code, string Name, HolderKind HolderKind, string Holder, string HolderName, DateTimeOffset Since);

/// <summary>A hand-over.</summary>
/// <param name="IsBack">Whether it was taken back.</param>
/// <param name="Receipt">Who confirmed that the papers are there; null while nobody has.</param>
/// <param name="MayConfirm">Whether the caller may.</param>
internal sealed record HandOverView(
    Guid Id, string From, string To, IReadOnlyList<string> Papers, string? Reason, bool IsBack, DateTimeOffset At, string ByName, HandOverReceipt? Receipt, bool MayConfirm);

/// <summary>Why papers go back.</summary>
internal sealed record HandBackRequest(string? Reason);

/// <summary>Where a case's papers are: the ledger, the manifest of each hand-over, and the way back.</summary>
internal sealed class ManageCustody(CaseAccess access, CaseTransaction transaction, CustodyStore store, Custodian custodian, HolderNames names)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/cases/{number}/custody");
        group.MapGet("", async (ManageCustody handler, string number, ClaimsPrincipal user) =>
            (await handler.HandleAsync(number, user.ToActor())).Answer(Results.Ok)).WithSummary("The case's papers, who holds each, and every hand-over");
        group.MapGet("/{id:guid}.pdf", async (ManageCustody handler, string number, Guid id, ClaimsPrincipal user) =>
            (await handler.ManifestAsync(number, id, user.ToActor())).Answer(pdf => Results.File(pdf, "application/pdf", $"{number}-{id}.pdf"))).WithSummary("The manifest of a hand-over");
        group.MapPost("/{id:guid}/back", async (ManageCustody handler, string number, Guid id, HandBackRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.BackAsync(number, id, request.Reason, user.ToActor(), cancellation)).Answer(Results.Ok)).WithSummary("Take a hand-over back");
        group.MapPost("/{id:guid}/confirm", async (ManageCustody handler, string number, Guid id, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.ConfirmAsync(number, id, user.ToActor(), cancellation)).Answer(Results.Ok)).WithSummary("Confirm that the papers of a hand-over are there; for those who got them");
    }

    public async Task<Result<CustodyView>> HandleAsync(string number, Actor actor)
    {
        if ((await access.FindAsync(number, actor)).IsRefused(out var refusal, out var @case))
            return refusal;
        var (papers, handOvers) = (await store.ListAsync(number), await store.HandOversAsync(number));
        var nameOf = await names.OfAsync(@case);
        var titles = papers.ToDictionary(paper => paper.Id, paper => paper.Name);
        var back = handOvers.Select(each => each.BackOf).ToHashSet();
        return new CustodyView(
            [.. papers.Select(paper => new PaperView(paper.Id, paper.Kind, paper.Code, paper.Name, paper.Holder.Kind, paper.Holder.Code, nameOf(paper.Holder), paper.Since))],
            [.. handOvers.Select(each => new HandOverView(
                each.Id, nameOf(each.From), nameOf(each.To), [.. each.Papers.Select(id => titles[id])], each.Reason, back.Contains(each.Id), each.At, each.ByName,
                each.Receipt, each.Receipt is null && !back.Contains(each.Id) && Custodian.Receives(actor, each.To)))]);
    }

    public async Task<Result<byte[]>> ManifestAsync(string number, Guid id, Actor actor)
    {
        if ((await access.FindAsync(number, actor)).IsRefused(out var refusal, out var @case))
            return refusal;
        if ((await store.HandOversAsync(number)).FirstOrDefault(each => each.Id == id) is not { } handOver)
            return new HandOverUnknown();
        var nameOf = await names.OfAsync(@case);
        var papers = (await store.ListAsync(number)).Where(paper => handOver.Papers.Contains(paper.Id)).Select(paper => paper.Name).ToList();
        return Manifest.Print(@case, handOver, nameOf(handOver.From), nameOf(handOver.To), papers);
    }

    public async Task<Result<CustodyView>> ConfirmAsync(string number, Guid id, Actor by, CancellationToken cancellation)
    {
        if ((await access.FindAsync(number, by, Act.ReturnPapers)).IsRefused(out var refusal, out var @case))
            return refusal;
        var result = await transaction.RunAsync(@case, _ => custodian.ConfirmAsync(@case, id, by), cancellation);
        return result.IsRefused(out var objection, out var _) ? objection : await HandleAsync(number, by);
    }

    public async Task<Result<CustodyView>> BackAsync(string number, Guid id, string? reason, Actor by, CancellationToken cancellation)
    {
        if ((await access.FindAsync(number, by, Act.ReturnPapers)).IsRefused(out var refusal, out var @case))
            return refusal;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return new FieldInvalid("reason", "请填写退回理由，不超过 500 字");
        var result = await transaction.RunAsync(@case, _ => custodian.BackAsync(@case, id, reason.Trim(), by), cancellation);
        return result.IsRefused(out var objection, out var _) ? objection : await HandleAsync(number, by);
    }
}
