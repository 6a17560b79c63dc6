namespace Elsa.Api;

/// <summary>A term of a search box as a pattern of <c>ilike</c>.</summary>
internal static class SearchPattern
{
    /// <summary>What holds the term, to the letter: its <c>%</c> and <c>_</c> stand for themselves. Null for a blank one, which finds everything.</summary>
    public static string? Of(string? term) =>
        string.IsNullOrWhiteSpace(term) ? null : $"%{term.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
