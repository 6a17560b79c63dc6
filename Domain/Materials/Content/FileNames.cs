using System.Globalization;

namespace TongBan.Domain.Materials.Content;

/// <summary>What files are called: as their sender calls them, but nothing that misleads whoever saves one.</summary>
public static class FileNames
{
    private const int Longest = 200;

    private const string Unnamed = "文件";

    /// <summary>Not allowed in names by one system or another.</summary>
    private const string Forbidden = ":*?\"<>|";

    /// <summary>The name's last part without signs that are not seen, such as those that turn the direction of reading, and with an ending that says what the file is.</summary>
    /// <param name="given">The name that it came with.</param>
    /// <param name="nature">What it is.</param>
    /// <returns>At most 200 characters.</returns>
    public static string Of(string given, FileNature nature)
    {
        var seen = string.Concat(given[(given.LastIndexOfAny(['/', '\\']) + 1)..].Where(IsSeen)).Trim(' ', '.');
        var endings = Endings(nature.Kind);
        var ending = endings.FirstOrDefault(each => seen.EndsWith(each, StringComparison.OrdinalIgnoreCase));
        var stem = ending is null ? seen : seen[..^ending.Length];
        var most = Longest - endings[0].Length;
        if (stem.Length > most)
            stem = stem[..(char.IsHighSurrogate(stem[most - 1]) ? most - 1 : most)];
        return (stem.Length == 0 ? Unnamed : stem) + (ending is null ? endings[0] : seen[^ending.Length..]);
    }

    private static bool IsSeen(char sign) =>
        char.GetUnicodeCategory(sign) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !Forbidden.Contains(sign, StringComparison.Ordinal);

    /// <summary>The usual one first.</summary>
    private static string[] Endings(FileKind kind) => kind switch
    {
        FileKind.Pdf => [".pdf"],
        FileKind.Png => [".png"],
        FileKind.Jpeg => [".jpg", ".jpeg"],
        FileKind.Tiff => [".tif", ".tiff"],
        _ => [".ofd"],
    };
}
