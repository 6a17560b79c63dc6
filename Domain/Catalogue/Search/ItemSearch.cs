namespace TongBan.Domain.Catalogue.Search;

/// <summary>What to look for in the catalogue; a null filter takes all.</summary>
/// <param name="Q">What the clerk typed: parts of the name, the code, pinyin initials or full pinyin, a sector or a target group, with gaps.</param>
/// <param name="Scope">Comprehensive or specialist items only.</param>
/// <param name="Sector">The code of one sector.</param>
/// <param name="Mode">One way of handling.</param>
/// <param name="Target">Items for this group; those for both groups are among them.</param>
/// <param name="Among">Only items with one of these codes.</param>
/// <param name="IncludeInactive">True for administrators, who see what was taken out of service too.</param>
/// <param name="PageNumber">From 0.</param>
/// <param name="PageSize">1 to 500.</param>
public sealed record ItemSearch(
    string? Q = null,
    ItemScope? Scope = null,
    string? Sector = null,
    HandlingMode? Mode = null,
    ItemTarget? Target = null,
    IReadOnlySet<string>? Among = null,
    bool IncludeInactive = false,
    int PageNumber = 0,
    int PageSize = 50)
{
    /// <summary>Whether the item passes the filters, whatever was typed.</summary>
    internal bool Takes(ItemSummary item) =>
        (IncludeInactive || item.Active)
        && (Scope is null || item.Scope == Scope)
        && (Sector is null || item.Sector == Sector)
        && (Mode is null || item.Mode == Mode)
        && Among?.Contains(item.Code) != false
        && (Target is null || item.Target == Target || item.Target == ItemTarget.Both);
}
