using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Features.Catalogue.Sheets;

/// <summary>The words that sheets have for the values of an item; a code is understood as well.</summary>
internal static class ItemWords
{
    private static readonly Dictionary<Enum, string> Words = new()
    {
        [ItemScope.Comprehensive] = "综合业务区", [ItemScope.Specialist] = "专厅",
        [ItemType.Licence] = "行政许可", [ItemType.Confirmation] = "行政确认", [ItemType.Benefit] = "行政给付", [ItemType.Award] = "行政奖励",
        [ItemType.Adjudication] = "行政裁决", [ItemType.Levy] = "行政征收", [ItemType.OtherPower] = "其他行政权力", [ItemType.PublicService] = "公共服务",
        [ItemKind.OnTheSpot] = "即办件", [ItemKind.Promised] = "承诺件",
        [DayKind.Working] = "工作日", [DayKind.Calendar] = "自然日",
        [ItemTarget.Person] = "自然人", [ItemTarget.Organisation] = "法人", [ItemTarget.Both] = "自然人和法人",
        [MaterialForm.Original] = "原件", [MaterialForm.Copy] = "复印件", [MaterialForm.Electronic] = "电子件",
    };

    /// <summary>The Chinese word for a value.</summary>
    public static string Of(Enum value) => Words[value];

    /// <summary>Yes or no in Chinese.</summary>
    public static string Of(bool value) => value ? "是" : "否";

    /// <summary>The value that a word or code stands for, or null.</summary>
    public static T? Read<T>(string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (text == Words[value] || string.Equals(text, Codes.Of(value), StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>Yes or no; null for anything else.</summary>
    public static bool? ReadYes(string text) => text.ToUpperInvariant() switch
    {
        "是" or "TRUE" or "YES" or "Y" or "1" => true,
        "否" or "FALSE" or "NO" or "N" or "0" => false,
        _ => null,
    };

    /// <summary>All words of a kind of value, for a message.</summary>
    public static string All<T>()
        where T : struct, Enum => string.Join('、', Enum.GetValues<T>().Select(value => Words[value]));
}
