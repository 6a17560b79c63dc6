namespace TongBan.Host.Sheets;

/// <summary>
/// Cells that a spreadsheet would take for a formula. They are exported behind an apostrophe, so that opening a sheet runs nothing
/// that an applicant typed, and lose it again when they are imported.
/// </summary>
internal static class SheetCells
{
    private const string Dangerous = "=+-@\t\r";

    /// <summary>The text as a cell may hold it.</summary>
    public static string Guard(string? text) => text is { Length: > 0 } && Dangerous.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text ?? "";

    /// <summary>The text that was meant.</summary>
    public static string Bare(string text) => text is ['\'', var first, ..] && Dangerous.Contains(first, StringComparison.Ordinal) ? text[1..] : text;
}
