using System.Globalization;

namespace TongBan.Host.Papers;

/// <summary>Breaks Chinese text into lines (CLREQ 3.1): anywhere between characters, but not before closing or after opening marks.</summary>
internal static class ChineseLines
{
    private const string NotAtStart = "，。、；：？！）》〉」』】〕”’…—％·,.;:?!)]}%";
    private const char TibetanSyllableEnd = '\u0F0B';
    private const string NotAtEnd = "（《〈「『【〔“‘([{";

    /// <summary>The lines that fit a width.</summary>
    /// <param name="text">One paragraph; a line feed begins a new line.</param>
    /// <param name="width">The width of a full line.</param>
    /// <param name="measure">How wide a piece of text is.</param>
    /// <param name="indent">How much narrower the first line is.</param>
    internal static IEnumerable<string> Break(string text, double width, Func<string, double> measure, double indent = 0)
    {
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            var room = width - indent;
            foreach (var piece in Pieces(paragraph))
            {
                if (line.Length > 0 && measure(line + piece) > room)
                {
                    yield return line.TrimEnd();
                    (line, room) = ("", width);
                }

                line = line.Length == 0 ? piece.TrimStart() : line + piece;
                while (measure(line) > room && line.Length > 1)
                {
                    // A piece wider than a line, such as a long address: cut it where the line ends.
                    var ends = StringInfo.ParseCombiningCharacters(line).Skip(1).ToList();
                    if (ends.Count == 0)
                        break; // One character wider than the line has nowhere to be cut.
                    var fits = Math.Max(ends[0], ends.LastOrDefault(length => measure(line[..length]) <= room));
                    yield return line[..fits];
                    (line, room) = (line[fits..], width);
                }
            }

            yield return line.TrimEnd();
        }
    }

    /// <summary>Pieces that are not broken: a Latin word, or a character with the marks that cling to it.</summary>
    private static IEnumerable<string> Pieces(string paragraph)
    {
        var piece = "";
        foreach (var element in Elements(paragraph))
        {
            if (piece.Length > 0 && !Clings(piece[^1], element[0]))
            {
                yield return piece;
                piece = "";
            }

            piece += element;
        }

        if (piece.Length > 0)
        {
            yield return piece;
        }
    }

    private static bool Clings(char before, char next) => before != TibetanSyllableEnd && (
        NotAtStart.Contains(next) || NotAtEnd.Contains(before) || (IsWord(before) && IsWord(next)));

    private static bool IsWord(char character) => character is > ' ' and < '\u2000';

    private static IEnumerable<string> Elements(string text)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            yield return elements.GetTextElement();
        }
    }
}
