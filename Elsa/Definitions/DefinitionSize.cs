using System.Runtime.InteropServices;
using System.Text.Json;
using Elsa.Workflows;

namespace Elsa.Definitions;

/// <summary>How large a definition may be that somebody saves, what the definitions that it uses hold aside. No person could read a larger one.</summary>
internal static class DefinitionSize
{
    /// <summary>Beside the root that they stand in.</summary>
    public const int Activities = 5_000;

    /// <summary>Of its JSON, in UTF-8.</summary>
    public const int Bytes = 8 * 1024 * 1024;

    /// <exception cref="JsonException">It is larger; the message names the activity.</exception>
    public static void Check(JsonElement model, IEnumerable<IActivity> activities)
    {
        if (activities.Skip(1 + Activities).FirstOrDefault() is { } next)
            throw new JsonException($"Activity '{next.Id}' is one more than the {Activities} that a definition may have.");
        if (Size(model) is var bytes and > Bytes)
            throw new JsonException($"The definition has {bytes} bytes, and may have {Bytes}. Most of it is {(ActivityReader.Find(model, "root") is { } root && Size(root) > bytes / 2 ? $"activity '{Largest(root)}'" : "not in its activities")}.");
    }

    /// <summary>The innermost activity that has more than half of what it stands in.</summary>
    private static string? Largest(JsonElement activity)
    {
        foreach (var part in Parts(activity))
        {
            if (Size(part) > Size(activity) / 2)
                return Largest(part);
        }

        return ActivityReader.Text(activity, "id");
    }

    /// <summary>The activities that stand in one, by the port or in its list.</summary>
    private static IEnumerable<JsonElement> Parts(JsonElement activity) => activity.EnumerateObject()
        .SelectMany(property => property.Value.ValueKind == JsonValueKind.Array ? [.. property.Value.EnumerateArray()] : new[] { property.Value })
        .Where(part => part.ValueKind == JsonValueKind.Object && ActivityReader.Text(part, "id") is not null && ActivityReader.Text(part, "type") is not null);

    private static int Size(JsonElement json) => JsonMarshal.GetRawUtf8Value(json).Length;
}
