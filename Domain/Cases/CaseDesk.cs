using TongBan.Domain.Approvals;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Couriers;
using TongBan.Domain.Materials;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Domain.Places;
using TongBan.Domain.Tasks;

namespace TongBan.Domain.Cases;

/// <summary>All stores that work on a case needs, on one connection and in one transaction: what a workflow step or a request handler is given.</summary>
public sealed record CaseDesk(
    CaseStore Cases,
    TimelineStore Timeline,
    TaskStore Tasks,
    MaterialStore Materials,
    SupplementStore Supplements,
    NoticeStore Notices,
    DecisionStore Decisions,
    ApprovalMessageStore ApprovalMessages,
    ShipmentStore Shipments,
    Outbox Outbox,
    IncidentStore Incidents,
    CaseClocks Clocks,
    CatalogueStore Catalogue,
    PlaceStore Places,
    CaseNumbers Numbers,
    TimeProvider Time)
{
    /// <summary>The case's item as it read when the case was opened; throws when the catalogue has lost it.</summary>
    public async Task<ServiceItem> ItemAsync(Case @case) =>
        await Catalogue.FindAsOfAsync(@case.ItemCode, @case.OpenedAt) ?? throw new InvalidOperationException($"Item {@case.ItemCode} of case {@case.Number} is not in the catalogue.");

    /// <summary>The authority that decides the case; throws when it is gone.</summary>
    public async Task<Authority> AuthorityAsync(Case @case) =>
        await Places.FindAuthorityAsync(@case.Authority) ?? throw new InvalidOperationException($"Authority {@case.Authority} of case {@case.Number} does not exist.");

    /// <summary>Whether the authority's own system handles the case; else its people do, at the approval desk.</summary>
    public async Task<bool> IsBySystemAsync(Case @case) =>
        !@case.ByDesk && (await AuthorityAsync(@case)).Channel == AuthorityChannel.System;

    /// <summary>The division whose day-sequence the case's papers draw from: that of the receiving hall.</summary>
    public async Task<string> DivisionAsync(Case @case) =>
        (await Places.FindHallAsync(@case.Hall))?.Division ?? throw new InvalidOperationException($"Hall {@case.Hall} of case {@case.Number} does not exist.");

    /// <summary>Moves the case; a move that the life cycle forbids is a fault of the workflow and throws.</summary>
    public async Task MoveAsync(Case @case, CaseState to, People.Actor by, string what, string? why = null)
    {
        if ((await Cases.MoveAsync(@case.Number, to, by, what, why)).IsRefused(out var refusal, out _))
            throw new InvalidOperationException($"Case {@case.Number}: {refusal.Message}");
    }
}
