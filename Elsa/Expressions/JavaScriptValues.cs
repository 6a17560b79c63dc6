using System.Collections;
using System.Dynamic;
using System.Globalization;
using System.Text.Json;
using Elsa.Expressions.Helpers;
using Jint;
using Jint.Native;

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

    /// <summary>Maps become objects of the engine and lists its arrays, so that members and methods work as in any script.</summary>
    public static JsValue ToJs(Engine engine, object? value) => value switch
    {
        JsValue own => own,
        JsonElement element => ToJs(engine, JsonValues.Read(element)),
        System.Text.Json.Nodes.JsonNode node => ToJs(engine, JsonValues.Read(JsonSerializer.SerializeToElement(node))),
        DateTimeOffset moment => JsValue.FromObject(engine, moment.UtcDateTime),
        Enum named => named.ToString(),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IDictionary<string, object?> map => Members(engine, map),
        byte[] => JsValue.FromObject(engine, value),
        Elsa.Workflows.Runtime.ExecuteWorkflowResult result => InBothCases(engine, ToJs(engine, JsonSerializer.SerializeToElement(result, JsonValues.NamedEnums))),
        IEnumerable items and not (string or IDictionary) => new JsArray(engine, [.. items.Cast<object?>().Select(item => ToJs(engine, item))]),
        _ => JsValue.FromObject(engine, value),
    };

    /// <summary>A .NET object's members can be read with a small first letter too; a copy of the object does not have them twice.</summary>
    private static JsValue InBothCases(Engine engine, JsValue value)
    {
        foreach (var (key, member) in ((JsObject)value).GetOwnProperties().ToList())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(key.ToString());
            ((JsObject)value).FastSetProperty(name, new Jint.Runtime.Descriptors.PropertyDescriptor(member.Value, writable: true, enumerable: false, configurable: true));
        }

        return value;
    }

    private static JsObject Members(Engine engine, IDictionary<string, object?> map)
    {
        var members = new JsObject(engine);
        foreach (var (name, value) in map)
            members.FastSetDataProperty(name, ToJs(engine, value));
        return members;
    }
}
