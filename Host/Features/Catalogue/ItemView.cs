using TongBan.Domain.Catalogue;
using TongBan.Domain.TimeLimits;
using TongBan.Workflows;

namespace TongBan.Host.Features.Catalogue;

/// <summary>An item as the API shows it.</summary>
internal sealed record ItemView(
    string Code, string Name, ItemScope Scope, string Sector, ItemType Type, ItemKind Kind, int Mode, ItemTarget Target,
    ItemLimits Limits, string? Fee, bool CourierAllowed, int Visits, string? ResultName, string? LegalBasis, string Workflow, bool Sample,
    IReadOnlyList<MaterialRequirement> Materials)
{
    public static ItemView Of(ServiceItem item) => new(
        item.Code, item.Name, item.Scope, item.Sector, item.Type, item.Kind, (int)item.Mode, item.Target,
        new ItemLimits(item.LegalDays, item.PromisedDays, item.DayKind), item.Fee, item.CourierAllowed, item.Visits, item.ResultName,
        item.LegalBasis, CaseWorkflows.DefinitionOf(item), item.Sample, item.Materials);
}

/// <summary>An item's limits in days of one kind.</summary>
internal sealed record ItemLimits(int? Legal, int Promised, DayKind DayKind);
