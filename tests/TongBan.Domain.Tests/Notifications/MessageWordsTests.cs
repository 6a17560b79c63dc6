using Shouldly;
using TongBan.Domain.Notifications;
using Xunit;

namespace TongBan.Domain.Tests.Notifications;

/// <summary>The product's own words tell what they have to, and hold places only for what there is.</summary>
public sealed class MessageWordsTests
{
    public static TheoryData<MessageTopic> Topics => [.. MessageWords.Topics];

    [Theory]
    [MemberData(nameof(Topics))]
    public void StandardWords_HoldPlacesForWhatIsRequiredAndForNothingUnknown(MessageTopic topic)
    {
        var (words, facts) = (MessageWords.Of(topic), MessageWords.FactsOf(topic));

        facts.Where(fact => fact.Required).ShouldAllBe(fact => words.Text.Contains($"{{{fact.Name}}}", StringComparison.Ordinal));
        MessageWords.PlaceHoldersIn(words.Subject + words.Text).ShouldAllBe(one => facts.Any(fact => one == $"{{{fact.Name}}}"));
        MessageWords.PlaceHoldersIn(string.Concat(words.Advice)).ShouldBeEmpty();
    }

    [Fact]
    public void Fill_PutsFactsInTheirPlacesOnceAndLeavesWhatItDoesNotKnow() =>
        MessageWords.Fill("{a}{b}{c}{a}", new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "{b}", ["b"] = "2" }).ShouldBe("{b}2{c}{b}");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void SmsParts_AreCountedAsTheNetworkSplits(int length, int parts) => SmsParts.Of(new string('字', length)).ShouldBe(parts);
}
