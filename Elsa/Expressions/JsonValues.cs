using System.Dynamic;
using System.Text.Json;

namespace Elsa.Expressions.Helpers;

/// <summary>JSON as plain values: texts, numbers, truth values, lists, and objects whose members can be named.</summary>
internal static class JsonValues
{
    /// <summary>For objects of classes: enums by name.</summary>
    public static readonly JsonSerializerOptions NamedEnums = new() { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt32(out var small) ? small : element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToList(),
        JsonValueKind.Object => ReadObject(element),
        _ => null,
    };

    /// <summary>Reads an object into a dictionary whose values are plain.</summary>
    public static Dictionary<string, object> ReadMap(JsonElement element)
    {
        var map = new Dictionary<string, object>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
            return map;
        foreach (var property in element.EnumerateObject())
            map[property.Name] = Read(property.Value)!;
        return map;
    }

    public static ExpandoObject ToExpando(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var expando = new ExpandoObject();
        foreach (var (name, value) in members)
            ((IDictionary<string, object?>)expando)[name] = value;
        return expando;
    }

    private static ExpandoObject ReadObject(JsonElement element) =>
        ToExpando(element.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Read(property.Value))));
}
