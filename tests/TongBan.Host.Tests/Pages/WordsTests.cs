using System.Collections;
using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Shouldly;
using TongBan.Host.Pages;
using Xunit;

namespace TongBan.Host.Tests.Pages;

public sealed class WordsTests
{
    private static readonly ResourceManager Words = new(typeof(Words).FullName!, typeof(Words).Assembly);

    [Fact]
    public void English_HasEveryKeyOfTheChinese() => Keys("").Except(Keys("en"), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Chinese_LacksOnlyTheDomainsOwnWords() =>
        Keys("en").Except(Keys(""), StringComparer.Ordinal).ShouldAllBe(key => key.StartsWith("Domain.", StringComparison.Ordinal));

    [Fact]
    public void Pages_AskOnlyForKeysThatExist()
    {
        var asked = Directory.EnumerateFiles(PagesFolder(), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "T\\[\"(?<key>[A-Za-z.]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)))
            .Select(match => match.Groups["key"].Value)
            .Distinct(StringComparer.Ordinal);

        asked.Except(Keys(""), StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static List<string> Keys(string culture) =>
        [.. Words.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key)];

    private static string PagesFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "Host", "Pages"));
}
