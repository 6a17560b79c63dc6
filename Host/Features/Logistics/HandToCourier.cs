using System.Security.Claims;
using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Host.Features.Cases;
using TongBan.Host.Papers;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Logistics;

/// <summary>Which parcels go on the list.</summary>
internal sealed record HandToCourierRequest(IReadOnlyList<Guid>? Parcels);

/// <summary>Lists parcels that are handed to the courier at once, for both to sign.</summary>
internal sealed class HandToCourier(DatabaseSession session, ParcelManifestStore manifests, ShipmentStore shipments, CaseAccess access, AuditTrail audit)
{
    private const int Most = 200;
    private const int Newest = 10;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/manifests").RequireAuthorization(Policies.For(Act.HandToCourier));
        group.MapGet("", (HandToCourier handler) => handler.NewestAsync()).WithSummary("The newest lists of parcels for the courier");
        group.MapPost("", async (HandToCourier handler, HandToCourierRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.HandleAsync(request, user.ToActor(), cancellation)).Answer(made => Results.Created($"/api/manifests/{made.Id}.pdf", made))).WithSummary("List parcels for the courier");
        group.MapGet("/{id:guid}.pdf", async (HandToCourier handler, Guid id) =>
            (await handler.PrintAsync(id)).Answer(pdf => Results.File(pdf, "application/pdf", $"{id}.pdf"))).WithSummary("A list as PDF: the same bytes each time");
    }

    public Task<IReadOnlyList<ManifestSummary>> NewestAsync() => manifests.NewestAsync(Newest);

    public async Task<Result<ManifestSummary>> HandleAsync(HandToCourierRequest request, Actor by, CancellationToken cancellation)
    {
        var ids = (request.Parcels ?? []).Distinct().ToList();
        if (ids.Count is 0 or > Most)
            return new FieldInvalid("parcels", $"请选择 1 至 {Most} 个邮件");
        if (by.Role != Role.Logistics)
            return new NotForYou();
        return await session.InTransactionAsync<Result<ManifestSummary>>(
            async _ =>
            {
                if ((await ReadyAsync(ids, by)).IsRefused(out var unfit, out var parcels))
                    return unfit;
                if ((await manifests.AddAsync(by.Division ?? PlaceStore.CityDivision, parcels, by)).IsRefused(out var refusal, out var made))
                    return refusal;
                await audit.AddAsync(by, "parcel.manifest", $"manifest/{made.Number}", $"列入{made.Lines.Count}个邮件");
                return new ManifestSummary(made.Id, made.Number, made.MadeAt, made.MadeBy, made.Lines.Count);
            },
            cancellation);
    }

    public async Task<Result<byte[]>> PrintAsync(Guid id) =>
        await manifests.FindAsync(id) is { } manifest ? CourierManifest.Print(manifest) : new ManifestUnknown();

    /// <summary>Those that the courier can take now, in the order asked for.</summary>
    private async Task<Result<List<Shipment>>> ReadyAsync(IReadOnlyList<Guid> ids, Actor by)
    {
        var found = (await shipments.ListAsync(ids)).ToDictionary(parcel => parcel.Id);
        foreach (var id in ids)
        {
            if (!found.TryGetValue(id, out var parcel) || (await access.FindAsync(parcel.CaseNumber, by)).IsRefused(out _, out _))
                return new ParcelUnknown();
            if (parcel.Waybill is null || parcel.State != ShipmentState.Created)
                return new ParcelNotReady(parcel.Waybill ?? parcel.CaseNumber, parcel.Waybill is null ? "还没有运单号" : parcel.StateName);
        }

        return ids.Select(id => found[id]).ToList();
    }

    private sealed record ParcelUnknown() : Refusal(RefusalKind.NotFound, "parcel_unknown", "没有这个邮件", "parcels");

    private sealed record ParcelNotReady(string Which, string Why) : Refusal(RefusalKind.Conflict, "parcel_not_ready", $"邮件{Which}{Why}，不能列入交接清单");

    private sealed record ManifestUnknown() : Refusal(RefusalKind.NotFound, "manifest_unknown", "没有这份交接清单");

    private sealed record NotForYou() : Refusal(RefusalKind.NotAllowed, "not_allowed", "只有物流专员可以制作交接清单");
}
