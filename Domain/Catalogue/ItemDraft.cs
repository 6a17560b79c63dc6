using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Catalogue;

/// <summary>An item while it is typed in or read from a sheet: every field may still be changed; see <see cref="ServiceItem"/> for them.</summary>
public sealed class ItemDraft
{
    public string Code { get; set; } = "";

    public string Name { get; set; } = "";

    public ItemScope Scope { get; set; }

    public string Sector { get; set; } = "";

    public ItemType Type { get; set; } = ItemType.PublicService;

    public ItemKind Kind { get; set; } = ItemKind.Promised;

    public HandlingMode Mode { get; set; } = HandlingMode.CollectDecideAtHome;

    public int? LegalDays { get; set; }

    public int PromisedDays { get; set; }

    public DayKind DayKind { get; set; }

    public ItemTarget Target { get; set; } = ItemTarget.Both;

    public string? Fee { get; set; }

    public bool CourierAllowed { get; set; } = true;

    public int Visits { get; set; } = 1;

    public string? ResultName { get; set; }

    public string? LegalBasis { get; set; }

    public int? WarningDays { get; set; }

    public bool Active { get; set; } = true;

    public List<MaterialRequirement> Materials { get; set; } = [];

    /// <summary>The draft of an item as it stands; an empty one for null.</summary>
    public static ItemDraft Of(ServiceItem? item) => item is null ? new ItemDraft() : new ItemDraft
    {
        Code = item.Code, Name = item.Name, Scope = item.Scope, Sector = item.Sector, Type = item.Type, Kind = item.Kind, Mode = item.Mode,
        LegalDays = item.LegalDays, PromisedDays = item.PromisedDays, DayKind = item.DayKind, Target = item.Target, Fee = item.Fee,
        CourierAllowed = item.CourierAllowed, Visits = item.Visits, ResultName = item.ResultName, LegalBasis = item.LegalBasis,
        WarningDays = item.WarningDays, Active = item.Active, Materials = [.. item.Materials],
    };

    /// <summary>The item as typed: a person stands behind it, so that it is no sample any more.</summary>
    /// <param name="workflow">The item's own workflow, which is bound elsewhere.</param>
    public ServiceItem ToItem(string? workflow) => new(
        Code.Trim(), Name.Trim(), Scope, Sector, Type, Kind, Mode, LegalDays, PromisedDays, DayKind, Target, Blank(Fee), CourierAllowed, Visits, Blank(ResultName),
        Blank(LegalBasis), WarningDays, workflow, Active, Sample: false, [.. Materials]);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
