using System.Text.Json.Serialization;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Catalogue;

/// <summary>An item as lists show it, without its materials; see <see cref="ServiceItem"/> for the fields.</summary>
public sealed record ItemSummary(
    string Code,
    string Name,
    ItemScope Scope,
    string Sector,
    ItemKind Kind,
    [property: JsonConverter(typeof(JsonNumberEnumConverter<HandlingMode>))] HandlingMode Mode,
    int PromisedDays,
    DayKind DayKind,
    ItemTarget Target,
    bool Active);
