namespace TongBan.Domain.Places;

/// <summary>No division has this code.</summary>
public sealed record DivisionUnknown(string Code, string FieldName = "jurisdiction")
    : Refusal(RefusalKind.Invalid, "division_unknown", $"没有代码为“{Code}”的行政区划。", FieldName);

/// <summary>No hall has this code.</summary>
public sealed record HallUnknown(string Code, string FieldName = "hall")
    : Refusal(RefusalKind.Invalid, "hall_unknown", $"没有代码为“{Code}”的大厅。", FieldName);

/// <summary>The hall has no window with this number.</summary>
public sealed record WindowUnknown(string Hall, int Number)
    : Refusal(RefusalKind.Invalid, "window_unknown", $"大厅“{Hall}”没有{Number}号窗口。", "window");

/// <summary>Neither the division nor the city has an authority of this sector.</summary>
public sealed record AuthorityMissing(string Sector, string Division)
    : Refusal(RefusalKind.Invalid, "authority_missing", $"区划“{Division}”和市级都没有条线“{Sector}”的审批部门。", "jurisdiction");
