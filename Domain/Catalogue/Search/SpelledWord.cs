namespace TongBan.Domain.Catalogue.Search;

/// <summary>
/// A Latin word held against spellings such as <c>nei,na zi you</c>. Every character of a name gives the word nothing, the first letter
/// of a reading, or more of it: so full pinyin, initials and mixtures of them are one thing. All positions that the word may have
/// reached are followed at once, a bit each.
/// </summary>
internal sealed class SpelledWord
{
    private readonly ulong[] _at = new ulong[128];
    private readonly ulong _end;

    internal SpelledWord(string word)
    {
        for (var index = 0; index < word.Length; index++)
        {
            _at[word[index]] |= 1UL << index;
        }

        _end = 1UL << word.Length;
    }

    /// <summary>Whether the word is in the spelling; characters between may be left out.</summary>
    internal bool IsIn(string spelling) => Follow(spelling, anywhere: true, gaps: true);

    /// <summary>Whether it is there without leaving a character out.</summary>
    internal bool IsRunIn(string spelling) => Follow(spelling, anywhere: true, gaps: false);

    /// <summary>Whether the spelling begins with it, no character left out.</summary>
    internal bool Begins(string spelling) => Follow(spelling, anywhere: false, gaps: false);

    private bool Follow(string spelling, bool anywhere, bool gaps)
    {
        var before = 1UL;
        var (reached, current) = (0UL, before);
        foreach (var sign in spelling)
        {
            switch (sign)
            {
                case ' ':
                    before = (gaps ? before : anywhere ? 1UL : 0UL) | reached;
                    (reached, current) = (0, before);
                    break;
                case ',':
                    current = before;
                    break;
                default:
                    current = (current & _at[sign]) << 1;
                    reached |= current;
                    if ((reached & _end) != 0)
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }
}
