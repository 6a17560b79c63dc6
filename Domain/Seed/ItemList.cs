using System.Globalization;
using TongBan.Domain.Catalogue;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Seed;

/// <summary>
/// A row of a sector's list (<c>lists/….csv</c>): a main item (主项) with the matters that are applied for under it (业务办理项).
/// Materials and limits of each follow from the row and from what the matter is: a first grant, a change, a renewal and so on.
/// </summary>
/// <remarks>
/// The main item's name comes before the matter's; <c>（）</c> in it says where the matter goes instead, and a leading <c>=</c> that
/// the matters have full names. A material ends with <c>*</c> for a copy, <c>~</c> for an electronic file, and <c>?</c> with when it is
/// needed. A mode with <c>-</c> means that no courier may deliver, a promised limit of 0 that it is decided on the spot.
/// </remarks>
internal sealed record ItemList(
    string Main, string[] Matters, ItemType Type, ItemTarget Target, HandlingMode Mode, bool Courier, int? Legal, int Promised, string Result, string? Basis,
    string? Fee, string[] Materials)
{
    private const int FirstNumber = 101;

    private static readonly Dictionary<string, ItemType> Types = new(StringComparer.Ordinal)
    {
        ["许可"] = ItemType.Licence, ["确认"] = ItemType.Confirmation, ["给付"] = ItemType.Benefit, ["奖励"] = ItemType.Award,
        ["裁决"] = ItemType.Adjudication, ["征收"] = ItemType.Levy, ["其他"] = ItemType.OtherPower, ["服务"] = ItemType.PublicService,
    };

    private static readonly Dictionary<string, ItemTarget> Targets = new(StringComparer.Ordinal)
    {
        ["自然人"] = ItemTarget.Person, ["法人"] = ItemTarget.Organisation, ["两者"] = ItemTarget.Both,
    };

    /// <summary>The items of a sector's list, numbered in its order.</summary>
    internal static IEnumerable<ServiceItem> Read(string sector, ItemScope scope, TextReader list) =>
        CsvText.Read(list).Skip(1).Select(Parse).SelectMany(row => row.Matters.Select(matter => (row, matter)))
            .Select((entry, index) => entry.row.ToItem(string.Create(CultureInfo.InvariantCulture, $"{sector}-{FirstNumber + index}"), sector, scope, entry.matter));

    private static ItemList Parse(IReadOnlyList<string> fields) => new(
        fields[0], fields[1].Split('|'), Types[fields[2]], Targets[fields[3]], (HandlingMode)(fields[4][0] - '0'), !fields[4].EndsWith('-'),
        fields[5].Length > 0 ? int.Parse(fields[5], CultureInfo.InvariantCulture) : null, int.Parse(fields[6], CultureInfo.InvariantCulture), fields[7],
        Blank(fields[8]), Blank(fields[9]), fields[10].Split('|'));

    private ServiceItem ToItem(string code, string sector, ItemScope scope, string matter)
    {
        var (name, sort) = (NameOf(matter), MatterSorts.Of(matter));
        var days = sort.Promised(Promised);
        return new ServiceItem(
            code, name, scope, sector, Type, days == 0 ? ItemKind.OnTheSpot : ItemKind.Promised, Mode, Legal, Math.Max(1, days), DayKind.Working, Target, Fee, Courier,
            Visits: 1, Result, Basis, WarningDays: null, Workflow: null, Active: true, Sample: true, ListMaterials.Of(this, name, sort, onTheSpot: days == 0));
    }

    private string NameOf(string matter) =>
        Main.StartsWith('=') ? matter
        : Main.Contains("（）", StringComparison.Ordinal) ? Main.Replace("（）", $"（{matter}）", StringComparison.Ordinal)
        : Main + matter;

    private static string? Blank(string text) => text.Length == 0 ? null : text;
}
