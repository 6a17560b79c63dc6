using System.Text;

namespace TongBan.Domain.Catalogue.Search;

/// <summary>What was typed, cut into words that an item must all hold.</summary>
internal sealed class TypedText
{
    private const int LongestQuery = 60;

    private readonly string _whole;
    private readonly TypedWord[] _words;
    private readonly SpelledWord? _latin;

    internal TypedText(string? typed)
    {
        var whole = (typed ?? "").Trim().ToLowerInvariant();
        _whole = whole.Length > LongestQuery ? whole[..LongestQuery] : whole;
        _words = [.. Cut(_whole).Select(word => new TypedWord(word))];
        var latin = string.Concat(_whole.Where(char.IsAsciiLetterOrDigit));
        _latin = latin.Length > 0 ? new SpelledWord(latin) : null;
    }

    /// <summary>How many places <see cref="Place"/> and <see cref="NearPlace"/> know.</summary>
    internal const int Places = 40;

    /// <summary>
    /// Where the item belongs, the best place 0; null when it does not hold every word. Best is the code itself, then the name from
    /// its start, the name anywhere, the spelling from its start, and then those with the fewest words that have gaps.
    /// </summary>
    internal int? Place(IndexedItem item)
    {
        var gaps = 0;
        foreach (var word in _words)
        {
            if (!word.IsIn(item, out var gap))
            {
                return null;
            }

            gaps += gap ? 1 : 0;
        }

        var sort = item.Code == _whole ? 0
            : item.Name.StartsWith(_whole, StringComparison.Ordinal) ? 1
            : item.Name.Contains(_whole, StringComparison.Ordinal) ? 2
            : _latin?.Begins(item.Spelling) == true ? 3
            : 4;
        return (sort * 4) + Math.Min(gaps, 3);
    }

    /// <summary>Where the item belongs when typing errors are forgiven, behind all that <see cref="Place"/> finds.</summary>
    internal int? NearPlace(IndexedItem item)
    {
        var errors = 0;
        foreach (var word in _words)
        {
            if (word.IsIn(item, out _))
            {
                continue;
            }

            if (word.ErrorsIn(item) is not { } near)
            {
                return null;
            }

            errors += near;
        }

        return _words.Length == 0 ? null : Math.Min(20 + errors, Places - 1);
    }

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
}
