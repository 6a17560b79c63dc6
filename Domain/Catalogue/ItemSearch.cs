using System.Text;

namespace TongBan.Domain.Catalogue;

/// <summary>What to look for in the catalogue; a null filter takes all.</summary>
/// <param name="Q">What the clerk typed: parts of the name, the code, pinyin initials or full pinyin, with gaps.</param>
/// <param name="Scope">Comprehensive or specialist items only.</param>
/// <param name="Sector">The code of one sector.</param>
/// <param name="Mode">One way of handling.</param>
/// <param name="IncludeInactive">True for administrators, who see what was taken out of service too.</param>
/// <param name="PageNumber">From 0.</param>
/// <param name="PageSize">1 to 500.</param>
public sealed record ItemSearch(
    string? Q = null,
    ItemScope? Scope = null,
    string? Sector = null,
    HandlingMode? Mode = null,
    bool IncludeInactive = false,
    int PageNumber = 0,
    int PageSize = 50);

/// <summary>What the clerk typed, cut into words that must all be found, each as patterns for PostgreSQL.</summary>
/// <param name="Whole">All of it in small letters.</param>
/// <param name="Words">Its words.</param>
/// <param name="Likes">For each word, a LIKE pattern with gaps between its signs.</param>
/// <param name="Spellings">For each Latin word, a regular expression on the spelling with gaps; empty for Chinese.</param>
/// <param name="Runs">The same without gaps.</param>
/// <param name="RunFromStart">All Latin signs as one run from the start of the name; empty when there are none.</param>
internal sealed record SearchWords(string Whole, string[] Words, string[] Likes, string[] Spellings, string[] Runs, string RunFromStart)
{
    private const int LongestQuery = 60;

    // In a spelling such as "nei,na zi you": the rest of this syllable, then perhaps whole characters that were not typed.
    private const string Gap = "([a-z0-9,]* (.*[ ,])?)?";
    private const string NoGap = "([a-z0-9,]* ([a-z0-9]+,)*)?";

    internal static SearchWords From(string? typed)
    {
        var whole = (typed ?? "").Trim().ToLowerInvariant();
        whole = whole.Length > LongestQuery ? whole[..LongestQuery] : whole;
        var words = Cut(whole);
        var latin = string.Concat(whole.Where(char.IsAsciiLetterOrDigit));
        return new SearchWords(
            whole,
            [.. words],
            [.. words.Select(word => $"%{string.Join('%', word.Select(Escape))}%")],
            [.. words.Select(word => Spelled("(^|[ ,])", word, Gap))],
            [.. words.Select(word => Spelled("(^|[ ,])", word, NoGap))],
            Spelled("^([a-z0-9]+,)*", latin, NoGap));
    }

    private static string Spelled(string start, string word, string between) =>
        word.Length > 0 && char.IsAsciiLetterOrDigit(word[0]) ? start + string.Join(between, word.ToCharArray()) : "";

    /// <summary>Words are runs of Latin letters and digits, or runs of anything else that is not a gap.</summary>
    private static List<string> Cut(string typed)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var character in typed.Append(' '))
        {
            var isGap = !char.IsLetterOrDigit(character);
            if (word.Length > 0 && (isGap || char.IsAsciiLetterOrDigit(word[^1]) != char.IsAsciiLetterOrDigit(character)))
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (!isGap)
            {
                word.Append(character);
            }
        }

        return words;
    }

    private static string Escape(char character) => character is '%' or '_' or '\\' ? $"\\{character}" : character.ToString();
}
