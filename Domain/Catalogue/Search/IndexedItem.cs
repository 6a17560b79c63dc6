using System.Text;

namespace TongBan.Domain.Catalogue.Search;

/// <summary>An item as the search reads it: its texts in small letters, and marks that rule most items out at once.</summary>
internal sealed class IndexedItem
{
    internal IndexedItem(ItemSummary summary, string spelling, string sectorName)
    {
        (Summary, Spelling, SectorName) = (summary, spelling, sectorName);
        (Name, Code) = (summary.Name.ToLowerInvariant(), summary.Code.ToLowerInvariant());
        (Pinyin, Initials) = FirstReadings(spelling);
        Letters = Marks.OfLetters(spelling);
        Signs = Marks.OfSigns(Name);
        Pairs = Marks.OfPairs(Pinyin);
    }

    internal ItemSummary Summary { get; }

    internal string Name { get; }

    internal string Code { get; }

    /// <summary>A group per character, groups parted by a space and the readings in a group by a comma.</summary>
    internal string Spelling { get; }

    internal string SectorName { get; }

    /// <summary>The first reading of every character as one run, for what was typed with errors.</summary>
    internal string Pinyin { get; }

    /// <summary>The first letters of these readings.</summary>
    internal string Initials { get; }

    internal ulong Letters { get; }

    internal UInt128 Signs { get; }

    internal UInt128 Pairs { get; }

    private static (string Pinyin, string Initials) FirstReadings(string spelling)
    {
        var (pinyin, initials) = (new StringBuilder(spelling.Length), new StringBuilder());
        foreach (var group in spelling.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = group.IndexOf(',', StringComparison.Ordinal);
            pinyin.Append(end < 0 ? group : group.AsSpan(0, end));
            initials.Append(group[0]);
        }

        return (pinyin.ToString(), initials.ToString());
    }
}

/// <summary>Sets of what a text holds, as bits: what lacks a bit of the typed word does not hold the word.</summary>
internal static class Marks
{
    /// <summary>A bit per Latin letter and digit.</summary>
    internal static ulong OfLetters(string text)
    {
        var marks = 0UL;
        foreach (var sign in text)
        {
            marks |= char.IsAsciiLetterOrDigit(sign) ? 1UL << (char.IsAsciiDigit(sign) ? 26 + sign - '0' : (sign | 0x20) - 'a') : 0;
        }

        return marks;
    }

    /// <summary>A bit per sign, shared by many.</summary>
    internal static UInt128 OfSigns(string text)
    {
        var marks = UInt128.Zero;
        foreach (var sign in text)
        {
            marks |= UInt128.One << (sign * 31 % 127);
        }

        return marks;
    }

    /// <summary>A bit per pair of neighbours, shared by many.</summary>
    internal static UInt128 OfPairs(string text)
    {
        var marks = UInt128.Zero;
        for (var at = 1; at < text.Length; at++)
        {
            marks |= UInt128.One << (((text[at - 1] * 29) + text[at]) % 127);
        }

        return marks;
    }
}
