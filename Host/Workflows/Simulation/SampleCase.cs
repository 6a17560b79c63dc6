using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Domain.Places;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>Opens the case that a simulation handles: an applicant who does not exist, at the first hall of the city.</summary>
internal sealed class SampleCase(CaseDesk desk)
{
    private static readonly Applicant Applicant = new(ApplicantType.Person, "试运行申请人", "11010519491231002X", "13800000000");

    public static readonly Actor Clerk = new("simulation", "试运行", Role.System);

    /// <summary>What is found to be missing when somebody asks for a supplement.</summary>
    public static IReadOnlyList<string> Missing(ServiceItem item) => [item.Materials is [var first, ..] ? first.Code : "试运行所缺材料"];

    /// <summary>The case. Its number is not drawn from the city's series, so that no counter waits for a simulation.</summary>
    public async Task<Result<Case>> OpenAsync(ServiceItem item, string definitionId, string? jurisdiction, CancellationToken cancellation)
    {
        var places = await desk.Places.AllAsync(cancellation);
        var hall = places.Halls.First(each => each.Division == PlaceStore.CityDivision && each.Windows.Count > 0);
        var home = jurisdiction ?? places.Divisions.First(division => division.Code != PlaceStore.CityDivision).Code;
        if (places.Divisions.All(division => division.Code != home))
            return new DivisionUnknown(home);
        if ((await desk.Places.AuthorityForAsync(item.Sector, item.Mode == HandlingMode.AcceptDecideHere ? hall.Division : home, cancellation)).IsRefused(out var refusal, out var authority))
            return refusal;

        var delivery = item.CourierAllowed ? new Delivery(DeliveryKind.Courier, "示例路1号") : new Delivery(DeliveryKind.Pickup, Hall: hall.Code);
        var opened = new Case(
            $"试运行-{Guid.CreateVersion7():N}", CaseNumbers.NewSecret(), item.Code, item.Name, (int)item.Mode, hall.Code, hall.Windows[0].Number, home, authority.Code, ByDesk: false,
            CaseState.Draft, Applicant, delivery, PickupCode: null, WithdrawReason: null, WithdrawnAt: null, definitionId, InstanceId: null, desk.Time.GetUtcNow(), ClosedAt: null);
        await desk.Cases.AddAsync(opened, opened.Number, Clerk);
        return opened;
    }

    private sealed record DivisionUnknown(string Code) : Refusal(RefusalKind.Invalid, "division_unknown", $"没有代码为“{Code}”的区划", "jurisdiction");
}
