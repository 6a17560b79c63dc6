using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Couriers;
using TongBan.Domain.People;

namespace TongBan.Domain.Custody;

/// <summary>
/// Where a case's papers go as it is handled. Each method moves what is there to be moved; asked again it moves nothing, so
/// that a step may look at its case as often as it likes.
/// </summary>
public sealed class Custodian(CaseDesk desk, CustodyStore store)
{
    private const string Result = "result";

    /// <summary>The applicant leaves the originals of these entries at the window, those that are not registered yet.</summary>
    public async Task ReceiveAsync(Case @case, IEnumerable<MaterialRequirement> originals, Actor by)
    {
        var known = (await store.ListAsync(@case.Number)).Select(paper => paper.Code).ToHashSet(StringComparer.Ordinal);
        await TakeInAsync(@case, originals.Where(entry => !known.Contains(entry.Code)), by, null);
    }

    /// <summary>The applicant brings these originals anew, for ones that were lost or wrong.</summary>
    public Task ReplaceAsync(Case @case, IEnumerable<MaterialRequirement> originals, Actor by) => TakeInAsync(@case, originals, by, "补正");

    /// <summary>The window puts the materials that it holds into the parcel.</summary>
    public Task PackAsync(Case @case, Shipment parcel, Actor by) =>
        MoveAsync(@case, paper => paper is { Kind: PaperKind.Material, Holder.Kind: HolderKind.Window }, Holder.Parcel(parcel.Id), parcel.Waybill, by);

    /// <summary>The result goes into the parcel, from wherever it lies.</summary>
    public async Task PackResultAsync(Case @case, Shipment parcel, Actor by)
    {
        await ExpectResultAsync(@case);
        await MoveAsync(@case, paper => paper is { Kind: PaperKind.Result, Holder.Kind: HolderKind.Window or HolderKind.Authority }, Holder.Parcel(parcel.Id), parcel.Waybill, by);
    }

    /// <summary>The result lies at the hall's window, to be picked up.</summary>
    public async Task LayOutAsync(Case @case, string hall, Actor by)
    {
        await ExpectResultAsync(@case);
        await MoveAsync(@case, paper => paper is { Kind: PaperKind.Result, Holder.Kind: HolderKind.Window or HolderKind.Authority } && paper.Holder != Holder.Window(hall), Holder.Window(hall), null, by);
    }

    /// <summary>The parcel was opened where it was to go, or came back.</summary>
    public Task UnpackAsync(Case @case, Shipment parcel, Holder to, string? reason, Actor by) =>
        MoveAsync(@case, paper => paper.Holder == Holder.Parcel(parcel.Id), to, reason ?? parcel.Waybill, by);

    /// <summary>The applicant takes the result.</summary>
    public Task DeliverAsync(Case @case, Actor by) =>
        MoveAsync(@case, paper => paper is { Kind: PaperKind.Result, Holder.Kind: HolderKind.Window }, Holder.Applicant(@case.Number), null, by);

    /// <summary>Takes back what a hand-over moved, when all of it still lies where it went.</summary>
    public async Task<Result<Guid>> BackAsync(Case @case, Guid handOver, string reason, Actor by)
    {
        if ((await store.HandOversAsync(@case.Number)).FirstOrDefault(each => each.Id == handOver) is not { } done)
            return new HandOverUnknown();
        if (done.To.Kind == HolderKind.Parcel && await IsUnderWayAsync(@case, done.To.Code))
            return new ParcelUnderWay();
        if (await store.MoveAsync(@case.Number, done.Papers, done.To, done.From, reason, by, done.Id) is not { } back)
            return new PapersGone();
        await desk.Timeline.AddAsync(@case.Number, by, "custody", $"退回{done.Papers.Count}件纸质材料", reason);
        return back;
    }

    /// <summary>Somebody on the receiving side confirms that the papers of a hand-over are there, as its manifest lists them.</summary>
    public async Task<Result<Guid>> ConfirmAsync(Case @case, Guid handOver, Actor by)
    {
        if ((await store.HandOversAsync(@case.Number)).FirstOrDefault(each => each.Id == handOver) is not { } done)
            return new HandOverUnknown();
        if (!Receives(by, done.To))
            return new HandOverNotYours();
        if (!await store.ConfirmAsync(handOver, by))
            return new HandOverConfirmed();
        await desk.Timeline.AddAsync(@case.Number, by, "custody", $"确认收到{done.Papers.Count}件纸质材料");
        return handOver;
    }

    /// <summary>Whether this person works where the papers went. What an applicant has is signed for on paper.</summary>
    public static bool Receives(Actor by, Holder to) => to.Kind switch
    {
        HolderKind.Window => by.Role == Role.Clerk && by.Hall == to.Code,
        HolderKind.Authority => by.Role == Role.Approver && by.Authority == to.Code,
        HolderKind.Parcel => by.Role == Role.Logistics,
        _ => false,
    };

    private async Task<bool> IsUnderWayAsync(Case @case, string parcel) =>
        (await desk.Shipments.ListAsync(@case.Number)).Any(each => each.Id.ToString() == parcel && each is { IsOver: false, Waybill: not null });

    private async Task TakeInAsync(Case @case, IEnumerable<MaterialRequirement> originals, Actor by, string? reason)
    {
        var papers = new List<Guid>();
        foreach (var entry in originals)
            papers.Add(await store.AddAsync(@case.Number, PaperKind.Material, entry.Code, entry.Name, Holder.Applicant(@case.Number)));
        if (papers.Count > 0 && await store.MoveAsync(@case.Number, papers, Holder.Applicant(@case.Number), Holder.Window(@case.Hall), reason, by) is null)
            throw new InvalidOperationException($"Papers of case {@case.Number} were registered and are not with whom they were registered with.");
    }

    private async Task ExpectResultAsync(Case @case)
    {
        var lost = (await desk.Shipments.ListAsync(@case.Number)).Where(each => each.State == ShipmentState.Lost).Select(each => Holder.Parcel(each.Id)).ToHashSet();
        if ((await store.ListAsync(@case.Number)).Any(paper => paper.Kind == PaperKind.Result && !lost.Contains(paper.Holder)))
            return;
        var item = await desk.ItemAsync(@case);
        await store.AddAsync(@case.Number, PaperKind.Result, Result, item.ResultName ?? "审批决定书", Holder.Authority(@case.Authority));
    }

    private async Task MoveAsync(Case @case, Func<HeldPaper, bool> which, Holder to, string? reason, Actor by)
    {
        foreach (var together in (await store.ListAsync(@case.Number)).Where(which).Where(paper => paper.Holder != to).GroupBy(paper => paper.Holder))
        {
            if (await store.MoveAsync(@case.Number, [.. together.Select(paper => paper.Id)], together.Key, to, reason, by) is null)
                throw new InvalidOperationException($"Papers of case {@case.Number} were moved by somebody else at the same time.");
        }
    }
}

/// <summary>No such hand-over of the case.</summary>
public sealed record HandOverUnknown() : Refusal(RefusalKind.NotFound, "hand_over_unknown", "没有这次交接");

/// <summary>Some of the papers have gone on.</summary>
public sealed record PapersGone() : Refusal(RefusalKind.Conflict, "papers_gone", "材料已不在接收方手中，不能退回这次交接");

/// <summary>Papers are confirmed by those who got them.</summary>
public sealed record HandOverNotYours() : Refusal(RefusalKind.NotAllowed, "hand_over_not_yours", "只有接收方的人员可以确认收到");

/// <summary>Somebody was faster.</summary>
public sealed record HandOverConfirmed() : Refusal(RefusalKind.Conflict, "hand_over_confirmed", "这次交接已经确认收到");

/// <summary>The courier has the parcel.</summary>
public sealed record ParcelUnderWay() : Refusal(RefusalKind.Conflict, "parcel_under_way", "邮件在途，请先取消订单或等待退回");
