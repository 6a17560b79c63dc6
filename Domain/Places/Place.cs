namespace TongBan.Domain.Places;

/// <summary>The city or one of its county-level divisions (行政区划).</summary>
/// <param name="Code">Six digits; two development zones have local codes of the same shape.</param>
/// <param name="Name">The Chinese name.</param>
public sealed record Division(string Code, string Name);

/// <summary>A line of the administration (条线), such as market supervision.</summary>
/// <param name="Code">A short, stable Latin code, such as <c>SCJG</c>.</param>
/// <param name="Name">The Chinese name, such as 市场监管.</param>
public sealed record Sector(string Code, string Name);

/// <summary>What a hall or a window serves (综合 or 专厅).</summary>
public enum PlaceKind
{
    /// <summary>综合业务区: any of the comprehensive items.</summary>
    Comprehensive,

    /// <summary>分厅、专厅: the items of one sector.</summary>
    Specialist,
}

/// <summary>A service hall (政务服务大厅、分厅).</summary>
/// <param name="Code"><c>H</c> with the division's code, and the sector's for a specialist hall.</param>
/// <param name="Name">The Chinese name.</param>
/// <param name="Division">The code of the division it stands in and is run by.</param>
/// <param name="Kind">Comprehensive or of one sector.</param>
/// <param name="Sector">The sector's code for a specialist hall, otherwise null.</param>
/// <param name="Windows">Its 全市通办 windows by number.</param>
public sealed record Hall(string Code, string Name, string Division, PlaceKind Kind, string? Sector, IReadOnlyList<Window> Windows);

/// <summary>A window of a hall (窗口).</summary>
/// <param name="Number">Its number in the hall, from 1.</param>
/// <param name="Kind">综窗 or 专窗.</param>
public sealed record Window(int Number, PlaceKind Kind);

/// <summary>How a case reaches an authority.</summary>
public enum AuthorityChannel
{
    /// <summary>It has a system of its own, called through the approval API.</summary>
    System,

    /// <summary>It has none: the case is put on the approval desk of this product.</summary>
    Desk,
}

/// <summary>A department that decides for one division and sector (审批部门).</summary>
/// <param name="Code">The division's code, a hyphen, and the sector's code.</param>
/// <param name="Name">The Chinese name.</param>
/// <param name="Division">The code of the division it decides for.</param>
/// <param name="Sector">The code of its sector.</param>
/// <param name="Channel">How a case reaches it.</param>
public sealed record Authority(string Code, string Name, string Division, string Sector, AuthorityChannel Channel);

/// <summary>Every place of the city, for lists and look-ups.</summary>
/// <param name="Divisions">The city first, then its divisions.</param>
/// <param name="Sectors">All sectors.</param>
/// <param name="Halls">Comprehensive halls first, each with its windows.</param>
/// <param name="Authorities">All authorities by division and sector.</param>
public sealed record PlaceDirectory(
    IReadOnlyList<Division> Divisions,
    IReadOnlyList<Sector> Sectors,
    IReadOnlyList<Hall> Halls,
    IReadOnlyList<Authority> Authorities);
