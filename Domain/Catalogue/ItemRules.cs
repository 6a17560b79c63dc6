using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Catalogue;

/// <summary>The rules that every item of the catalogue keeps, whether typed in, imported or shipped.</summary>
public static class ItemRules
{
    /// <summary>All that is wrong with an item; empty when it may be stored. Sectors are checked by the store.</summary>
    public static IReadOnlyList<ItemInvalid> Check(ServiceItem item) => [.. CheckItem(item), .. CheckMaterials(item.Materials)];

    private const int LongestText = 500;

    private static IEnumerable<(string Field, string? Text)> Texts(ServiceItem item) =>
        [("name", item.Name), ("fee", item.Fee), ("resultName", item.ResultName), ("legalBasis", item.LegalBasis)];

    private static IEnumerable<ItemInvalid> CheckItem(ServiceItem item)
    {
        if (item.Code.Length is 0 or > 64 || !item.Code.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.'))
        {
            yield return new("code", "事项编码须为1至64位字母、数字、“-”、“_”或“.”。");
        }

        if (string.IsNullOrWhiteSpace(item.Name) || item.Name.Length > 200)
        {
            yield return new("name", "事项名称须为1至200字。");
        }

        if (item.PromisedDays is < 1 or > LimitBounds.LongestBudget)
        {
            yield return new("promisedDays", $"承诺时限须为1至{LimitBounds.LongestBudget}天；即办件填1。");
        }

        if (item.LegalDays is < 1 or > LimitBounds.LongestBudget)
        {
            yield return new("legalDays", $"法定时限须为1至{LimitBounds.LongestBudget}天；无法定时限的留空。");
        }

        if (item.PromisedDays > item.LegalDays)
        {
            yield return new("promisedDays", $"承诺时限{item.PromisedDays}天长于法定时限{item.LegalDays}天。");
        }

        if (item.WarningDays is < 1 || item.WarningDays > item.PromisedDays)
        {
            yield return new("warningDays", "预警天数须在1天与承诺时限之间。");
        }

        if (item.Visits is < 0 or > 20)
        {
            yield return new("visits", "到现场次数须为0至20次。");
        }

        foreach (var (field, text) in Texts(item))
        {
            if (text?.Length > LongestText || text?.Any(sign => char.IsControl(sign)) == true)
            {
                yield return new(field, $"文字不超过{LongestText}字，且不能有控制字符。");
            }
        }

        if (!Enum.IsDefined(item.Mode))
        {
            yield return new("mode", "办理模式须为1、2或3。");
        }
    }

    private static IEnumerable<ItemInvalid> CheckMaterials(IReadOnlyList<MaterialRequirement> materials)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < materials.Count; index++)
        {
            var (material, at) = (materials[index], $"materials[{index}]");
            if (string.IsNullOrWhiteSpace(material.Code) || material.Code.Length > 32 || !codes.Add(material.Code))
            {
                yield return new($"{at}.code", $"第{index + 1}项材料的编码须为1至32位，且在本事项内不重复。");
            }

            if (string.IsNullOrWhiteSpace(material.Name) || material.Name.Length > 200)
            {
                yield return new($"{at}.name", $"第{index + 1}项材料的名称须为1至200字。");
            }

            if (material.Source?.Length > LongestText || material.Note?.Length > LongestText || (material.Name + material.Source + material.Note).Any(char.IsControl))
            {
                yield return new($"{at}.note", $"第{index + 1}项材料的文字不超过{LongestText}字，且不能有控制字符。");
            }

            if (material.Copies is < 1 or > 100)
            {
                yield return new($"{at}.copies", $"第{index + 1}项材料的份数须为1至100份。");
            }
        }
    }
}
