using System.Text.Json.Serialization;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Catalogue;

/// <summary>A service item (政务服务事项): what can be applied for, with what, and how long it takes.</summary>
/// <param name="Code">An opaque, unique code.</param>
/// <param name="Name">The official name.</param>
/// <param name="Scope">Comprehensive area or specialist hall.</param>
/// <param name="Sector">The code of the sector whose authorities decide.</param>
/// <param name="Type">Licence, confirmation, benefit and so on.</param>
/// <param name="Kind">Decided on the spot, or within a promised limit.</param>
/// <param name="Mode">Which of the three ways of city-wide handling.</param>
/// <param name="LegalDays">The legal limit in days of <paramref name="DayKind"/>, or null where no law sets one.</param>
/// <param name="PromisedDays">The promised limit in the same days; never longer than the legal one.</param>
/// <param name="DayKind">Which days both limits count.</param>
/// <param name="Target">Who may apply.</param>
/// <param name="Fee">What it costs, in words; null when free of charge.</param>
/// <param name="CourierAllowed">Whether the result may come by courier.</param>
/// <param name="Visits">How often the applicant has to come to a hall.</param>
/// <param name="ResultName">The name of the licence or paper that results; null when there is none.</param>
/// <param name="LegalBasis">The law with its article; null where it has not been verified.</param>
/// <param name="WarningDays">Yellow from this many days before the due date; null for the default rule.</param>
/// <param name="Workflow">The definition id of the item's own workflow; null for the mode's.</param>
/// <param name="Active">False when the item has been taken out of service.</param>
/// <param name="Sample">True for shipped sample data that no authority has confirmed.</param>
/// <param name="Materials">What has to be handed in, in the order of the checklist.</param>
public sealed record ServiceItem(
    string Code,
    string Name,
    ItemScope Scope,
    string Sector,
    ItemType Type,
    ItemKind Kind,
    [property: JsonConverter(typeof(JsonNumberEnumConverter<HandlingMode>))] HandlingMode Mode,
    int? LegalDays,
    int PromisedDays,
    DayKind DayKind,
    ItemTarget Target,
    string? Fee,
    bool CourierAllowed,
    int Visits,
    string? ResultName,
    string? LegalBasis,
    int? WarningDays,
    string? Workflow,
    bool Active,
    bool Sample,
    IReadOnlyList<MaterialRequirement> Materials);

/// <summary>A material of an item's list (申请材料).</summary>
/// <param name="Code">Unique in the item, such as <c>M01</c>.</param>
/// <param name="Name">The official name.</param>
/// <param name="Required">True when no application is complete without it; false when <paramref name="Note"/> says when it is needed.</param>
/// <param name="Form">How it is handed in.</param>
/// <param name="Copies">How many of it, at least 1.</param>
/// <param name="Source">Where the applicant gets it, such as 申请人自备; null when not said.</param>
/// <param name="Note">When a conditional material is needed, and other advice.</param>
/// <param name="Reusable">Whether a licence that is held already may be used again in place of a new file (电子证照复用).</param>
public sealed record MaterialRequirement(
    string Code, string Name, bool Required, MaterialForm Form, int Copies, string? Source, string? Note, bool Reusable = false);

/// <summary>Where an item is received.</summary>
public enum ItemScope
{
    /// <summary>综合业务区.</summary>
    Comprehensive,

    /// <summary>分厅、专厅.</summary>
    Specialist,
}

/// <summary>The kind of power that an item exercises (事项类型).</summary>
public enum ItemType
{
    /// <summary>行政许可.</summary>
    Licence,

    /// <summary>行政确认.</summary>
    Confirmation,

    /// <summary>行政给付.</summary>
    Benefit,

    /// <summary>行政奖励.</summary>
    Award,

    /// <summary>行政裁决.</summary>
    Adjudication,

    /// <summary>行政征收.</summary>
    Levy,

    /// <summary>其他行政权力.</summary>
    OtherPower,

    /// <summary>公共服务.</summary>
    PublicService,
}

/// <summary>Whether an item is decided at once.</summary>
public enum ItemKind
{
    /// <summary>即办件.</summary>
    OnTheSpot,

    /// <summary>承诺件.</summary>
    Promised,
}

/// <summary>The three ways of city-wide handling; a number in JSON, by an attribute on each property because options outrank one on the type.</summary>
public enum HandlingMode
{
    /// <summary>代收材料、属地办理: the authority at home accepts and decides.</summary>
    CollectDecideAtHome = 1,

    /// <summary>异地受理、属地办理: the window accepts, the authority at home decides.</summary>
    AcceptDecideAtHome = 2,

    /// <summary>异地受理、异地办理: the window accepts, the authority at the receiving place decides.</summary>
    AcceptDecideHere = 3,
}

/// <summary>Who may apply (服务对象).</summary>
public enum ItemTarget
{
    /// <summary>自然人.</summary>
    Person,

    /// <summary>法人及其他组织.</summary>
    Organisation,

    /// <summary>自然人和法人.</summary>
    Both,
}

/// <summary>How a material is handed in (材料形式).</summary>
public enum MaterialForm
{
    /// <summary>原件.</summary>
    Original,

    /// <summary>复印件.</summary>
    Copy,

    /// <summary>电子件.</summary>
    Electronic,
}
