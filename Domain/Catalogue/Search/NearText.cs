namespace TongBan.Domain.Catalogue.Search;

/// <summary>How near a typed word comes to some part of a text.</summary>
internal static class NearText
{
    /// <summary>
    /// The fewest errors (a sign too many, one missing, one wrong, two neighbours swapped) with which the word stands somewhere in
    /// the text; more than <paramref name="most"/> when there are more.
    /// </summary>
    internal static int Errors(string word, string text, int most)
    {
        if (most < 0 || text.Length + most < word.Length)
        {
            return most + 1;
        }

        // Rows of the table of distances: before the last, the last and this one. The word may begin at any sign, so row 0 is 0.
        Span<int> before = stackalloc int[word.Length + 1];
        Span<int> last = stackalloc int[word.Length + 1];
        Span<int> row = stackalloc int[word.Length + 1];
        for (var index = 0; index <= word.Length; index++)
        {
            last[index] = index;
        }

        var best = Math.Min(most + 1, last[word.Length]);
        for (var at = 0; at < text.Length && best > 0; at++)
        {
            row[0] = 0;
            for (var index = 1; index <= word.Length; index++)
            {
                var cost = word[index - 1] == text[at] ? 0 : 1;
                row[index] = Math.Min(last[index - 1] + cost, Math.Min(last[index], row[index - 1]) + 1);
                if (cost == 1 && index > 1 && at > 0 && word[index - 1] == text[at - 1] && word[index - 2] == text[at])
                {
                    row[index] = Math.Min(row[index], before[index - 2] + 1);
                }
            }

            best = Math.Min(best, row[word.Length]);
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return best;
    }
}
