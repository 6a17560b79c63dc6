using System.Text.Json.Serialization;
using TongBan.Domain.Catalogue;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Seed;

/// <summary>
/// An item of a shipped file. Names are true names of items; limits, materials and codes are samples that no authority has
/// confirmed, so that every item read from here is marked as one.
/// </summary>
internal sealed record ItemSeed(
    string Code,
    string Name,
    ItemScope Scope,
    string Sector,
    ItemType Type,
    ItemKind Kind,
    [property: JsonConverter(typeof(JsonNumberEnumConverter<HandlingMode>))] HandlingMode Mode,
    int? Legal,
    int Promised,
    ItemTarget Target,
    string? Result,
    IReadOnlyList<MaterialSeed> Materials,
    string? Basis = null,
    string? Fee = null,
    DayKind Days = DayKind.Working,
    bool Courier = true,
    int Visits = 1,
    int? Warning = null)
{
    internal ServiceItem ToItem() => new(
        Code, Name, Scope, Sector, Type, Kind, Mode, Legal, Promised, Days, Target, Fee, Courier, Visits, Result, Basis, Warning,
        Workflow: null, Active: true, Sample: true, [.. Materials.Select((material, index) => material.ToRequirement(index + 1))]);
}

/// <summary>A material of an item in a shipped file; with <paramref name="When"/> it is needed only then.</summary>
internal sealed record MaterialSeed(
    string Name, MaterialForm Form = MaterialForm.Original, string? When = null, string? From = null, int Copies = 1, string? Note = null)
{
    internal MaterialRequirement ToRequirement(int number) =>
        new($"M{number:00}", Name, Required: When is null, Form, Copies, From ?? "申请人自备", When ?? Note, Reusable: IsLicence(Name));

    private static bool IsLicence(string name) =>
        name.EndsWith("身份证", StringComparison.Ordinal) || name.EndsWith("执照", StringComparison.Ordinal) || name.EndsWith("证书", StringComparison.Ordinal)
        || name.EndsWith("营业执照正副本", StringComparison.Ordinal) || name.EndsWith("户口簿", StringComparison.Ordinal);
}
