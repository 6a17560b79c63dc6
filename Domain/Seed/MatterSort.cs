namespace TongBan.Domain.Seed;

/// <summary>What is done under a main item; limits and materials of a matter follow from it.</summary>
internal enum MatterSort
{
    /// <summary>A first grant, or anything that stands by itself.</summary>
    Grant,

    /// <summary>变更.</summary>
    Change,

    /// <summary>延续、换发、校验.</summary>
    Renewal,

    /// <summary>补发、补领.</summary>
    Replacement,

    /// <summary>注销、终止.</summary>
    Ending,
}

/// <summary>Tells matters by the words they end with.</summary>
internal static class MatterSorts
{
    private static readonly (MatterSort Sort, string[] Words)[] Words =
    [
        (MatterSort.Ending, ["注销", "终止", "歇业", "取消", "停用", "销户", "退出", "停业"]),
        (MatterSort.Replacement, ["补发", "补领", "补办", "补证", "补打"]),
        (MatterSort.Renewal, ["延续", "延期", "换发", "换领", "换证", "校验", "复审", "复核"]),
        (MatterSort.Change, ["变更", "更正"]),
    ];

    internal static MatterSort Of(string matter) =>
        Words.FirstOrDefault(entry => entry.Words.Any(word => matter.Contains(word, StringComparison.Ordinal))) is { Words: not null } found ? found.Sort : MatterSort.Grant;

    /// <summary>The promised days of a matter of this sort where a first grant takes so many; 0 is on the spot.</summary>
    internal static int Promised(this MatterSort sort, int days) => sort switch
    {
        MatterSort.Replacement => 0,
        MatterSort.Ending => Math.Min(days, 3),
        MatterSort.Change => (days + 1) / 2,
        _ => days,
    };
}
