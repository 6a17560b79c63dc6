using System.Globalization;
using TongBan.Domain.Catalogue;

namespace TongBan.Host.Features.Catalogue.Sheets;

/// <summary>A column of the catalogue's sheet: how an item fills its cell, and how a cell changes a draft.</summary>
/// <param name="Field">The field's name in the API; a sheet may be headed by it.</param>
/// <param name="Title">The Chinese heading.</param>
/// <param name="Write">The cell's text.</param>
/// <param name="Read">Takes the cell's text into the draft; null, or what is wrong with it.</param>
internal sealed record ItemColumn(string Field, string Title, Func<ServiceItem, string> Write, Func<ItemDraft, string, string?> Read)
{
    /// <summary>All columns, in the order in which they are exported.</summary>
    public static IReadOnlyList<ItemColumn> All { get; } =
    [
        new("code", "事项编码", item => item.Code, (draft, text) => Text(text, value => draft.Code = value)),
        new("name", "事项名称", item => item.Name, (draft, text) => Text(text, value => draft.Name = value)),
        new("sector", "条线", item => item.Sector, (draft, text) => Text(text, value => draft.Sector = value)),
        new("scope", "受理区域", item => ItemWords.Of(item.Scope), (draft, text) => Word<ItemScope>(text, value => draft.Scope = value)),
        new("type", "事项类型", item => ItemWords.Of(item.Type), (draft, text) => Word<ItemType>(text, value => draft.Type = value)),
        new("kind", "办件类型", item => ItemWords.Of(item.Kind), (draft, text) => Word<ItemKind>(text, value => draft.Kind = value)),
        new("mode", "办理模式", item => Number((int)item.Mode), (draft, text) => Whole(text, value => draft.Mode = (HandlingMode)value)),
        new("target", "服务对象", item => ItemWords.Of(item.Target), (draft, text) => Word<ItemTarget>(text, value => draft.Target = value)),
        new("legalDays", "法定时限", item => Number(item.LegalDays), (draft, text) => Optional(text, value => draft.LegalDays = value)),
        new("promisedDays", "承诺时限", item => Number(item.PromisedDays), (draft, text) => Whole(text, value => draft.PromisedDays = value)),
        new("dayKind", "天数类型", item => ItemWords.Of(item.DayKind), (draft, text) => Word<TongBan.Domain.TimeLimits.DayKind>(text, value => draft.DayKind = value)),
        new("warningDays", "预警天数", item => Number(item.WarningDays), (draft, text) => Optional(text, value => draft.WarningDays = value)),
        new("fee", "收费", item => item.Fee ?? "", (draft, text) => Text(text, value => draft.Fee = value)),
        new("courierAllowed", "可快递送达", item => ItemWords.Of(item.CourierAllowed), (draft, text) => Yes(text, value => draft.CourierAllowed = value)),
        new("visits", "到现场次数", item => Number(item.Visits), (draft, text) => Whole(text, value => draft.Visits = value)),
        new("resultName", "结果名称", item => item.ResultName ?? "", (draft, text) => Text(text, value => draft.ResultName = value)),
        new("legalBasis", "法律依据", item => item.LegalBasis ?? "", (draft, text) => Text(text, value => draft.LegalBasis = value)),
        new("active", "在用", item => ItemWords.Of(item.Active), (draft, text) => Yes(text, value => draft.Active = value)),
        new("materials", "申请材料", item => MaterialsCell.Write(item.Materials), Materials),
    ];

    /// <summary>The column of a heading, in Chinese or by its field; null for one that the catalogue does not know.</summary>
    public static ItemColumn? Of(string heading) =>
        All.FirstOrDefault(column => column.Title == heading.Trim() || string.Equals(column.Field, heading.Trim(), StringComparison.OrdinalIgnoreCase));

    private static string? Text(string text, Action<string> take)
    {
        take(text);
        return null;
    }

    private static string? Word<T>(string text, Action<T> take)
        where T : struct, Enum
    {
        if (ItemWords.Read<T>(text) is not { } value)
            return $"应为{ItemWords.All<T>()}之一，而不是“{text}”";
        take(value);
        return null;
    }

    private static string? Yes(string text, Action<bool> take)
    {
        if (ItemWords.ReadYes(text) is not { } value)
            return $"应为“是”或“否”，而不是“{text}”";
        take(value);
        return null;
    }

    private static string? Whole(string text, Action<int> take)
    {
        // A spreadsheet may write a whole number as 5.0.
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) || value != decimal.Truncate(value) || Math.Abs(value) > 100_000)
            return $"应为整数，而不是“{text}”";
        take((int)value);
        return null;
    }

    private static string? Optional(string text, Action<int?> take)
    {
        if (text.Length > 0)
            return Whole(text, value => take(value));
        take(null);
        return null;
    }

    private static string? Materials(ItemDraft draft, string text)
    {
        if (MaterialsCell.Read(text).IsRefused(out var refusal, out var materials))
            return refusal.Message;
        draft.Materials = [.. materials];
        return null;
    }

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
