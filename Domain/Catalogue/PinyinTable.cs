using System.Collections.Frozen;
using System.Text;

namespace TongBan.Domain.Catalogue;

/// <summary>The readings of Chinese characters, from the table that the build takes out of the npm package pinyin-pro.</summary>
internal static class PinyinTable
{
    private static readonly Lazy<FrozenDictionary<char, string>> Readings = new(Load);

    /// <summary>
    /// The text by which a name is found: one group per character, groups parted by a space and the readings in a group
    /// by a comma, so 银行 becomes <c>yin hang,xing</c>. Latin letters and digits stay; other signs fall away.
    /// </summary>
    internal static string Spell(string name)
    {
        var text = new StringBuilder(name.Length * 4);
        var inWord = false;
        foreach (var character in name)
        {
            var isWord = char.IsAsciiLetterOrDigit(character);
            var reading = isWord ? char.ToLowerInvariant(character).ToString() : Readings.Value.GetValueOrDefault(character);
            if (reading is not null)
            {
                text.Append(text.Length > 0 && !(isWord && inWord) ? " " : "").Append(reading);
            }

            inWord = isWord;
        }

        return text.ToString();
    }

    private static FrozenDictionary<char, string> Load()
    {
        using var stream = typeof(PinyinTable).Assembly.GetManifestResourceStream("pinyin.txt")
            ?? throw new InvalidOperationException("The assembly was built without its pinyin table.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var readings = new Dictionary<char, string>(capacity: 21_000);
        while (reader.ReadLine() is { } line)
        {
            readings.Add(line[0], line[2..].Replace(' ', ','));
        }

        return readings.ToFrozenDictionary();
    }
}
