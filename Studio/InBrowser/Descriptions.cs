using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.JSInterop;

namespace TongBan.Studio.InBrowser;

/// <summary>
/// What the JSON serializer of Studio's WebAssembly need not describe again and again. Three times for each activity that it saves, Studio
/// begins with new options, and for these the serializer describes by reflection what it meets: the place of the activity on the canvas,
/// and every interface of <see cref="JsonObject"/>, to learn whether one says which classes may stand for it. For 500 activities that takes seconds.
/// The types are given converters in the serializer's own table, where it looks before it describes; what is read and written stays the same.
/// </summary>
/// <remarks>This runs in the browser, beside Studio's own assemblies, which have no members but those that Studio uses.</remarks>
public static class Descriptions
{
    private const string Table = "s_defaultSimpleConverters";
    private const string Place = "Elsa.Api.Client.Shared.Models.ActivityDesignerMetadata, Elsa.Api.Client";

    /// <summary>For the interfaces of <see cref="JsonObject"/> by which it is a list of names and nodes.</summary>
    internal static readonly JsonConverter[] OfJsonObjects =
    [
        new AsClass<IDictionary<string, JsonNode?>, Dictionary<string, JsonNode?>>(some => new(some, StringComparer.Ordinal)),
        new AsClass<IList<KeyValuePair<string, JsonNode?>>, List<KeyValuePair<string, JsonNode?>>>(some => [.. some]),
        new AsClass<ICollection<KeyValuePair<string, JsonNode?>>, List<KeyValuePair<string, JsonNode?>>>(some => [.. some]),
        new AsClass<IEnumerable<KeyValuePair<string, JsonNode?>>, List<KeyValuePair<string, JsonNode?>>>(some => [.. some]),
    ];

    /// <summary>Called by the page when Studio has started.</summary>
    /// <exception cref="InvalidOperationException">The serializer has no such table, or Studio no such type: everything works as before, and as slowly.</exception>
    [JSInvokable]
    public static void Shorten()
    {
        var field = typeof(DefaultJsonTypeInfoResolver).GetField(Table, BindingFlags.NonPublic | BindingFlags.Static);
        if (field?.GetValue(null) is not Dictionary<Type, JsonConverter> known)
            throw new InvalidOperationException($"The serializer has no {Table}.");
        var place = Type.GetType(Place) ?? throw new InvalidOperationException($"There is no {Place}.");
        var table = new Dictionary<Type, JsonConverter>(known) { [place] = (JsonConverter)Activator.CreateInstance(typeof(DescribedOnce<>).MakeGenericType(place))! };
        foreach (var converter in OfJsonObjects)
            table[converter.Type!] = converter;
        field.SetValue(null, table);
    }
}
