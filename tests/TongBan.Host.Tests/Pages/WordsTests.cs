using System.Collections;
using System.Globalization;
using System.Resources;
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

    /// <summary>The sources, found from where the tests run: a reproducible build does not know their path.</summary>
    private static string PagesFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TongBan.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.ShouldNotBeNull().FullName, "Host", "Pages");
    }
}
