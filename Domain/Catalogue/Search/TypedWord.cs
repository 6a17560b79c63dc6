namespace TongBan.Domain.Catalogue.Search;

/// <summary>A word that was typed: a run of Latin letters and digits, or a run of anything else.</summary>
internal sealed class TypedWord
{
    private readonly ulong _letters;
    private readonly UInt128 _signs;
    private readonly UInt128 _pairs;

    internal TypedWord(string text)
    {
        Text = text;
        IsLatin = char.IsAsciiLetterOrDigit(text[0]);
        Spelled = IsLatin ? new SpelledWord(text) : null;
        (_letters, _signs, _pairs) = (Marks.OfLetters(text), Marks.OfSigns(text), Marks.OfPairs(text));
        // A Latin word needs more letters than a Chinese one needs signs to be told from others.
        var (one, two) = IsLatin ? (5, 12) : (3, 8);
        Forgiven = text.Length >= two ? 2 : text.Length >= one ? 1 : 0;
    }

    internal string Text { get; }

    internal bool IsLatin { get; }

    internal SpelledWord? Spelled { get; }

    /// <summary>How many typing errors the word may have.</summary>
    internal int Forgiven { get; }

    /// <summary>Whether the item holds the word, perhaps with gaps; <paramref name="gap"/> tells.</summary>
    internal bool IsIn(IndexedItem item, out bool gap)
    {
        var (named, spelled) = ((item.Signs & _signs) == _signs, Spelled is not null && (item.Letters & _letters) == _letters);
        gap = !(named && item.Name.Contains(Text, StringComparison.Ordinal)) && !(spelled && Spelled!.IsRunIn(item.Spelling));
        return !gap
            || (named && HasInOrder(item.Name))
            || (spelled && Spelled!.IsIn(item.Spelling))
            || (IsLatin && HasInOrder(item.Code))
            || (!IsLatin && (item.SectorName.Contains(Text, StringComparison.Ordinal) || TargetWords.Mean(Text, item.Summary.Target)));
    }

    /// <summary>How many errors away the item's nearest text is; null when more than are forgiven.</summary>
    internal int? ErrorsIn(IndexedItem item)
    {
        if (Forgiven == 0)
        {
            return null;
        }

        var best = Forgiven + 1;
        if (!IsLatin)
        {
            return Lacks(_signs, item.Signs) <= Forgiven ? Within(NearText.Errors(Text, item.Name, best - 1)) : null;
        }

        // An error takes away at most two pairs of neighbours, a swap of two letters three.
        if (Lacks(_pairs, item.Pairs) <= 3 * Forgiven)
        {
            best = NearText.Errors(Text, item.Pinyin, best - 1);
        }

        if (best > 0 && ulong.PopCount(_letters & ~item.Letters) <= (ulong)Forgiven)
        {
            best = Math.Min(best, NearText.Errors(Text, item.Initials, best - 1));
            best = Math.Min(best, NearText.Errors(Text, item.Code, best - 1));
        }

        return Within(best);
    }

    private int? Within(int errors) => errors <= Forgiven ? errors : null;

    private static int Lacks(UInt128 wanted, UInt128 there) => (int)UInt128.PopCount(wanted & ~there);

    private bool HasInOrder(string text)
    {
        var at = 0;
        foreach (var sign in Text)
        {
            at = text.IndexOf(sign, at) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Words by which people name a target group.</summary>
internal static class TargetWords
{
    internal static bool Mean(string word, ItemTarget target) => word switch
    {
        "个人" or "自然人" or "群众" => target != ItemTarget.Organisation,
        "企业" or "法人" or "单位" or "公司" => target != ItemTarget.Person,
        _ => false,
    };
}
