using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Privacy;
using TongBan.Domain.Tasks;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Audit;
using TongBan.Host.Features.Tasks;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>One case with all that belongs to it.</summary>
internal sealed class GetCase(CaseAccess access, CaseDesk desk, LimitStore limits, ExtensionStore extensions, ViewLog views)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{number}", async (GetCase handler, string number, ClaimsPrincipal user) =>
            (await handler.HandleAsync(number, user.ToActor())).Answer(Results.Ok)).WithSummary("The case, if the caller has a part in it");

    public async Task<Result<CaseView>> HandleAsync(string number, Actor actor)
    {
        if ((await access.FindAsync(number, actor)).IsRefused(out var refusal, out var found))
            return refusal;
        await views.AddAsync(actor, "case.view", AuditTrail.Case(number), "查看办件");
        return await ViewAsync(found);
    }

    /// <summary>The case after one's own work on it, which may have moved it out of one's sight.</summary>
    public async Task<CaseView> ShowAsync(string number) => await ViewAsync(await desk.Cases.GetAsync(number));

    private async Task<CaseView> ViewAsync(Case @case)
    {
        var item = await desk.ItemAsync(@case);
        var hall = await desk.Places.FindHallAsync(@case.Hall);
        var jurisdiction = await desk.Places.FindDivisionAsync(@case.Jurisdiction);
        var authority = await desk.AuthorityAsync(@case);
        var materials = await desk.Materials.ListAsync(@case.Number);
        var tasks = await desk.Tasks.ListAsync(@case.Number);
        var clocks = await limits.DueAsync(@case.Number);
        return new CaseView(
            @case.Number, @case.State, @case.StateName, @case.Mode, @case.ItemCode, @case.ItemName, @case.Hall, hall?.Name ?? @case.Hall, @case.Window,
            @case.Jurisdiction, jurisdiction?.Name ?? @case.Jurisdiction, @case.Authority, authority.Name,
            Holder(@case, tasks, hall?.Name ?? @case.Hall, authority.Name), ApplicantView.Of(@case.Applicant), Masked(@case.Delivery),
            [.. clocks.Select(ClockView.Of)],
            [.. item.Materials.Select(entry => ChecklistEntry.Of(entry, materials))],
            [.. materials.Select(MaterialView.Of)],
            [.. tasks.Select(t => TaskView.Of(t, clocks))],
            [.. (await desk.Shipments.ListAsync(@case.Number)).Select(ShipmentView.Of)],
            await desk.Decisions.FindAsync(@case.Number) is { } d
                ? new DecisionView(d.Result, d.DocumentNumber, d.Reason, d.Authority, d.DecidedAt, await desk.Decisions.FilesAsync(@case.Number))
                : null,
            await desk.Incidents.ListAsync(@case.Number),
            await desk.Timeline.ListAsync(@case.Number),
            new WorkflowView(@case.DefinitionId, @case.InstanceId), @case.OpenedAt, @case.ClosedAt,
            await extensions.LatestAsync(@case.Number) is { } extension ? ExtensionView.Of(extension) : null);
    }

    private static Delivery Masked(Delivery delivery) => delivery with { Address = delivery.Address is { } address ? Mask.Address(address) : null };

    /// <summary>Whose turn it is: whoever has an open task, else the partner that is waited for.</summary>
    private static string Holder(Case @case, IReadOnlyList<HumanTask> tasks, string hall, string authority) =>
        tasks.FirstOrDefault(t => t.IsOpen)?.Role switch
        {
            Role.Clerk => hall,
            Role.Approver => authority,
            Role.Logistics => "统一物流",
            _ => @case.State switch
            {
                CaseState.Archived or CaseState.Delivered => "已办结",
                CaseState.Delivering => "统一物流",
                CaseState.Draft or CaseState.Received or CaseState.Supplementing or CaseState.AwaitingPickup => hall,
                _ => authority,
            },
        };
}
