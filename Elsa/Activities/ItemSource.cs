using System.Collections;
using System.Text.Json;
using Elsa.Expressions.Helpers;

namespace Elsa.Workflows.Activities;

/// <summary>The items of an input that takes any list.</summary>
internal static class ItemSource
{
    /// <summary>Only a list has items: text has none, not even the JSON of a list, and neither has an object. So it is in the original.</summary>
    public static IEnumerable<object?> Of(object? items) => items switch
    {
        JsonElement { ValueKind: JsonValueKind.Array } json => Of(JsonValues.Read(json)),
        null or string or JsonElement or IDictionary or IDictionary<string, object?> => [],
        IEnumerable many => many.Cast<object?>().Select(item => item is JsonElement json ? JsonValues.Read(json) : item),
        _ => [],
    };
}
