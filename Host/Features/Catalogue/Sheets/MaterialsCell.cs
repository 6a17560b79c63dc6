using System.Globalization;
using TongBan.Domain;
using TongBan.Domain.Catalogue;

namespace TongBan.Host.Features.Catalogue.Sheets;

/// <summary>
/// An item's materials in one cell of a sheet, a line each: <c>编码|名称|形式|必要|份数|来源|说明|复用</c>. What stands at the end may be left
/// out; without a code the line's number makes one.
/// </summary>
internal static class MaterialsCell
{
    private const int Parts = 8;

    public static string Write(IEnumerable<MaterialRequirement> materials) => string.Join('\n', materials.Select(material => string.Join('|',
        material.Code, Plain(material.Name), ItemWords.Of(material.Form), material.Required ? "必要" : "有条件", material.Copies.ToString(CultureInfo.InvariantCulture),
        Plain(material.Source), Plain(material.Note), material.Reusable ? "复用" : "")));

    /// <summary>The materials, or the first line that cannot be read.</summary>
    public static Result<IReadOnlyList<MaterialRequirement>> Read(string cell)
    {
        var materials = new List<MaterialRequirement>();
        foreach (var line in cell.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            Array.Resize(ref parts, Math.Max(parts.Length, Parts));
            if (parts.Length > Parts || string.IsNullOrEmpty(parts[1]))
                return Wrong(materials.Count, "应为“编码|名称|形式|必要|份数|来源|说明|复用”");
            if ((string.IsNullOrEmpty(parts[2]) ? MaterialForm.Original : ItemWords.Read<MaterialForm>(parts[2])) is not { } form)
                return Wrong(materials.Count, $"形式应为{ItemWords.All<MaterialForm>()}");
            if (parts[3] is not (null or "" or "必要" or "有条件"))
                return Wrong(materials.Count, "必要性应为“必要”或“有条件”");
            var copies = 1;
            if (!string.IsNullOrEmpty(parts[4]) && !int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out copies))
                return Wrong(materials.Count, "份数应为整数");
            materials.Add(new MaterialRequirement(
                string.IsNullOrEmpty(parts[0]) ? $"M{materials.Count + 1:00}" : parts[0], parts[1], parts[3] != "有条件", form, copies, Blank(parts[5]), Blank(parts[6]), parts[7] == "复用"));
        }

        return materials;
    }

    private static ItemInvalid Wrong(int index, string problem) => new("materials", $"第{index + 1}项材料：{problem}");

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string Plain(string? text) => (text ?? "").Replace('|', '／').Replace('\n', ' ');
}
