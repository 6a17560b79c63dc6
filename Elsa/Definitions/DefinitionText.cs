using System.Text.Json;

namespace Elsa.Definitions;

/// <summary>Reads the JSON of a definition that comes from outside, before anything recurses into it.</summary>
internal static class DefinitionText
{
    /// <summary>Levels of JSON in one another; an activity in a container takes two. What a stored model is read with allows 64.</summary>
    public const int MostLevels = 56;

    /// <summary>As deep as the text may be for the error to name the activity; the parser itself does not recurse.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 8192 };

    /// <exception cref="JsonException">The text is no JSON, or nested too deeply.</exception>
    public static JsonElement Parse(string text)
    {
        var root = JsonDocument.Parse(text, Deep).RootElement;
        Check(root);
        return root;
    }

    private static void Check(JsonElement root)
    {
        var open = new Stack<(JsonElement Element, int Level, string Activity)>();
        open.Push((root, 1, "the root"));
        while (open.TryPop(out var next))
        {
            var (element, level, activity) = next;
            if (level > MostLevels)
                throw new JsonException($"{activity} is nested more than {MostLevels} levels deep.");
            if (element.ValueKind == JsonValueKind.Object)
            {
                if (element.TryGetProperty("type", out _) && element.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
                    activity = $"Activity '{id.GetString()}'";
                foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
                    open.Push((member.Value, level + 1, activity));
            }
            else if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
                    open.Push((item, level + 1, activity));
            }
        }
    }
}
