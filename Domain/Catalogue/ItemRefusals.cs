namespace TongBan.Domain.Catalogue;

/// <summary>No service item has this code, or it is out of service.</summary>
public sealed record ItemUnknown(string Code)
    : Refusal(RefusalKind.Invalid, "item_unknown", $"没有编码为“{Code}”的在用事项。", "itemCode");

/// <summary>An item breaks a rule of the catalogue.</summary>
/// <param name="FieldName">The field in camelCase, with an index for a material: <c>materials[2].name</c>.</param>
/// <param name="Problem">What is wrong with it, in Chinese.</param>
public sealed record ItemInvalid(string FieldName, string Problem)
    : Refusal(RefusalKind.Invalid, "item_invalid", Problem, FieldName);
