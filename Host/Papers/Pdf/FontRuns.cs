using System.Globalization;
using System.Text;

namespace TongBan.Host.Papers.Pdf;

/// <summary>A stretch of text in one font.</summary>
internal sealed record FontRun(PdfFont Font, string Text);

/// <summary>Finds a font for each part of a text: the main one, or where it lacks a character the first that stands in for it.</summary>
internal static class FontRuns
{
    /// <summary>The runs of a text, in reading order.</summary>
    internal static IReadOnlyList<FontRun> Of(string text, PdfFont main, Func<IReadOnlyList<PdfFont>> standIns)
    {
        if (main.Has(text))
            return [new(main, text)];
        var runs = new List<FontRun>();
        foreach (var element in Elements(text))
        {
            var font = main.Has(element) ? main : standIns().FirstOrDefault(font => font.Has(element)) ?? main;
            if (runs.Count > 0 && runs[^1].Font == font)
                runs[^1] = new(font, runs[^1].Text + element);
            else if (runs.Count > 1 && runs[^2].Font == font && IsBetweenWords(runs[^1].Text) && font.Has(runs[^1].Text))
                // What stands between two words of a script belongs to it: words from the right are in order only when set as one.
                Join(runs, element);
            else
                runs.Add(new(font, element));
        }

        return runs;
    }

    private static void Join(List<FontRun> runs, string element)
    {
        var (word, between) = (runs[^2], runs[^1]);
        runs.RemoveAt(runs.Count - 1);
        runs[^1] = word with { Text = word.Text + between.Text + element };
    }

    private static bool IsBetweenWords(string text) => text.All(character => character is ' ' or '·' or '•' or '-');

    private static IEnumerable<string> Elements(string text)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
            yield return elements.GetTextElement();
    }

    /// <summary>Whether a character only says how its neighbours look, and is not seen itself.</summary>
    internal static bool IsUnseen(Rune character) =>
        Rune.GetUnicodeCategory(character) == UnicodeCategory.Format || character.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
