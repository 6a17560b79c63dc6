using System.Collections;
using System.Dynamic;
using System.Globalization;
using System.Text.Json;
using Elsa.Expressions.Helpers;

namespace Elsa.Expressions.JavaScript;

/// <summary>Values on their way from and to a script.</summary>
internal static class JavaScriptValues
{
    /// <summary>Whole numbers become integers, arrays lists, and nothing of the engine stays behind.</summary>
    public static object? ToClr(object? value) => value switch
    {
        double number when number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue => (int)number,
        double number when number == Math.Truncate(number) && Math.Abs(number) < 1L << 53 => (long)number,
        ExpandoObject map => JsonValues.ToExpando(map.Select(member => KeyValuePair.Create(member.Key, ToClr(member.Value)))),
        object?[] items => items.Select(ToClr).ToList(),
        _ => value,
    };

    /// <summary>JSON becomes plain objects, so that members and methods of arrays work.</summary>
    public static object? FromClr(object? value) => value switch
    {
        JsonElement element => JsonValues.Read(element),
        System.Text.Json.Nodes.JsonNode node => JsonValues.Read(JsonSerializer.SerializeToElement(node)),
        DateTimeOffset moment => moment.UtcDateTime,
        Enum named => named.ToString(),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        ExpandoObject map => JsonValues.ToExpando(map.Select(member => KeyValuePair.Create(member.Key, FromClr(member.Value)))),
        IDictionary<string, object?> map => JsonValues.ToExpando(map.Select(member => KeyValuePair.Create(member.Key, FromClr(member.Value)))),
        byte[] => value,
        Elsa.Workflows.Runtime.ExecuteWorkflowResult result => JsonValues.Read(JsonSerializer.SerializeToElement(result, JsonValues.NamedEnums)),
        IList list => list.Cast<object?>().Select(FromClr).ToArray(),
        _ => value,
    };
}
