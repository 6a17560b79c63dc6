using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Shouldly;
using TongBan.Studio.InBrowser;
using Xunit;

namespace TongBan.Host.Tests.Studio;

/// <summary>What Studio's serializer need not describe again is read and written as before. That Studio takes it, its browser tests show: else its page complains.</summary>
public sealed class DescriptionsTests
{
    private static readonly JsonSerializerOptions Plain = new();
    private static readonly JsonSerializerOptions Studios = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() } };

    public static TheoryData<bool> Naming => [false, true];

    [Theory]
    [MemberData(nameof(Naming))]
    public void Interface_OfAnObject_IsReadAndWrittenAsBefore(bool camelCase)
    {
        var some = new JsonObject { ["Text"] = "第 1 步", ["Number"] = 1.5, ["Nothing"] = null, ["Inner"] = new JsonObject { ["A"] = new JsonArray(1, 2) } };

        ShouldBeAsBefore<IDictionary<string, JsonNode?>>(some, camelCase, Descriptions.OfJsonObjects);
        ShouldBeAsBefore<IList<KeyValuePair<string, JsonNode?>>>([.. some], camelCase, Descriptions.OfJsonObjects);
        ShouldBeAsBefore<ICollection<KeyValuePair<string, JsonNode?>>>(some, camelCase, Descriptions.OfJsonObjects);
        ShouldBeAsBefore<IEnumerable<KeyValuePair<string, JsonNode?>>>(some, camelCase, Descriptions.OfJsonObjects);
    }

    [Theory]
    [MemberData(nameof(Naming))]
    public void Place_DescribedOnce_IsReadAndWrittenAsBefore(bool camelCase) =>
        ShouldBeAsBefore(new Place { Position = new() { X = 12.5, Y = -3 }, Label = "甲" }, camelCase, [new DescribedOnce<Place>()]);

    [Fact]
    public void Shorten_OutsideStudio_SaysWhatItDidNotFind()
    {
        JsonSerializer.Serialize(1).ShouldBe("1");

        Should.Throw<InvalidOperationException>(Descriptions.Shorten).Message.ShouldContain("ActivityDesignerMetadata");
    }

    private static void ShouldBeAsBefore<T>(T value, bool camelCase, System.Text.Json.Serialization.JsonConverter[] converters)
        where T : class
    {
        var before = camelCase ? Studios : Plain;
        var now = new JsonSerializerOptions(before);
        foreach (var converter in converters)
            now.Converters.Add(converter);
        now.GetConverter(typeof(T)).ShouldBeOneOf(converters);
        var text = JsonSerializer.Serialize(value, before);

        JsonSerializer.Serialize(value, now).ShouldBe(text);
        JsonSerializer.Serialize(new { Some = value, None = default(T) }, now).ShouldBe(JsonSerializer.Serialize(new { Some = value, None = default(T) }, before));

        var read = JsonSerializer.Deserialize<T>(text, now);
        read.ShouldNotBeNull().ShouldBeOfType(JsonSerializer.Deserialize<T>(text, before)!.GetType());
        JsonSerializer.Serialize(read, before).ShouldBe(text);
        JsonSerializer.Deserialize<T>("null", now).ShouldBeNull();
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<T>("\"a text\"", now));
    }

    private sealed class Place
    {
        public Point Position { get; init; } = new();

        public string? Label { get; init; }
    }

    private sealed class Point
    {
        public double X { get; init; }

        public double Y { get; init; }
    }
}
