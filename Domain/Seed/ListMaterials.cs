using TongBan.Domain.Catalogue;

namespace TongBan.Domain.Seed;

/// <summary>The materials of a matter of a list: who applies, the form, what the sort of matter wants, and what the row names.</summary>
internal static class ListMaterials
{
    private const string Own = "申请人自备";
    private static readonly string[] Licences = ["证", "证书", "执照", "卡", "牌", "簿", "凭证", "证明"];

    internal static IReadOnlyList<MaterialRequirement> Of(ItemList row, string name, MatterSort sort, bool onTheSpot)
    {
        var specific = row.Materials.Select(Parse);
        IEnumerable<MaterialRequirement> wanted = sort switch
        {
            MatterSort.Change => [Granted(row), Paper("变更事项的证明材料", MaterialForm.Copy), .. specific.Take(2).Select(material => Only(material, "所涉内容有变化时提供"))],
            MatterSort.Renewal => [Granted(row), .. specific.Take(3).Select(material => Only(material, "与上次提交的内容不一致时提供"))],
            MatterSort.Replacement => [Paper("遗失声明或者损毁的原件", MaterialForm.Original)],
            MatterSort.Ending => [Granted(row), Only(Paper("债权债务和人员安置等善后情况说明", MaterialForm.Original), "有未了事项时提供")],
            _ => specific,
        };
        return
        [
            .. new[] { Identity(row.Target) }
                .Concat(onTheSpot && row.Type == ItemType.PublicService ? [] : [Paper($"{Short(name)}申请表", MaterialForm.Original)])
                .Concat(wanted)
                .Append(Only(Paper("授权委托书和代办人身份证", MaterialForm.Original), "委托他人办理时提供"))
                .DistinctBy(material => material.Name, StringComparer.Ordinal)
                .Select((material, index) => material with { Code = $"M{index + 1:00}" }),
        ];
    }

    private static MaterialRequirement Identity(ItemTarget target) => target switch
    {
        ItemTarget.Person => new("", "申请人身份证", true, MaterialForm.Original, 1, "公安机关核发", null, Reusable: true),
        ItemTarget.Organisation => new("", "营业执照或者法人证书", true, MaterialForm.Electronic, 1, "登记机关核发", null, Reusable: true),
        _ => new("", "申请人身份证或者营业执照", true, MaterialForm.Original, 1, "公安机关或者登记机关核发", null, Reusable: true),
    };

    /// <summary>What was granted before and is now changed, renewed or ended.</summary>
    private static MaterialRequirement Granted(ItemList row) =>
        Licences.Any(ending => row.Result.EndsWith(ending, StringComparison.Ordinal)) ? Paper($"{row.Result}原件", MaterialForm.Original) : Paper("原批准、登记或者备案文件", MaterialForm.Copy);

    private static MaterialRequirement Parse(string text)
    {
        var parts = text.Split('?', 2);
        var form = parts[0][^1] switch { '*' => MaterialForm.Copy, '~' => MaterialForm.Electronic, _ => MaterialForm.Original };
        var material = Paper(parts[0].TrimEnd('*', '~'), form);
        return parts.Length > 1 ? Only(material, parts[1]) : material;
    }

    private static MaterialRequirement Paper(string name, MaterialForm form) =>
        new("", name, true, form, 1, Own, null, Reusable: form != MaterialForm.Original && Licences.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)));

    private static MaterialRequirement Only(MaterialRequirement material, string when) => material with { Required = false, Note = when };

    private static string Short(string name) => name.EndsWith("申请", StringComparison.Ordinal) ? name[..^2] : name;
}
