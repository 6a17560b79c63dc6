using System.Text.Json;

namespace TongBan.Elsa.Tests.Contract;

/// <summary>What JSON is made of, without its values: each path with the kind that stands there. Elements of an array count as one.</summary>
internal static class Shape
{
    public static SortedSet<string> Of(JsonElement json)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        Add(paths, "$", json);
        return paths;
    }

    private static void Add(SortedSet<string> paths, string path, JsonElement json)
    {
        paths.Add($"{path}: {KindOf(json)}");
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                    Add(paths, $"{path}.{property.Name}", property.Value);
                break;
            case JsonValueKind.Array:
                foreach (var element in json.EnumerateArray())
                    Add(paths, path + "[]", element);
                break;
        }
    }

    private static string KindOf(JsonElement json) => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : json.ValueKind.ToString();
}
