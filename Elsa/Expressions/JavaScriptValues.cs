using System.Collections;
using System.Dynamic;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Elsa.Expressions.Helpers;
using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime.Interop;

namespace Elsa.Expressions.JavaScript;

/// <summary>Values on their way from and to a script.</summary>
internal static class JavaScriptValues
{
    /// <summary>What of a value is kept; one that refers to itself has no end. JSON is read to little more.</summary>
    private const int MostLevels = 56;

    private const int MostItems = 1_000_000;

    /// <summary>Of numbers in a typed array, which the engine counts only when it is made.</summary>
    private const int MostNumbers = 16 * 1024 * 1024;

    private const int PartsBetweenChecks = 256;

    /// <summary>Numbers are doubles, as in the original; whole ones that a double would write with an exponent become integers. Arrays become lists, and nothing of the engine stays behind.</summary>
    /// <exception cref="InvalidOperationException">The value is nested too deeply, refers to itself or has too many items.</exception>
    /// <exception cref="TimeoutException">Reading it takes longer than the script may take.</exception>
    public static object? ToClr(Engine engine, JsValue value)
    {
        var parts = 0;
        return Read(value, 0);

        object? Read(JsValue part, int level)
        {
            if (++parts % PartsBetweenChecks == 0)
                engine.Constraints.Check();
            if (part is not ObjectInstance container || part is IObjectWrapper or Function)
                return ToClr(part.ToObject());
            if (level == MostLevels)
                throw new InvalidOperationException($"A value of a script is nested more than {MostLevels} levels deep, or refers to itself.");
            if (container is JsArray { Length: > MostItems })
                throw new InvalidOperationException($"A list of a script has more than {MostItems} items.");
            if (container is JsTypedArray { Length: > MostNumbers })
                throw new InvalidOperationException($"An array of a script has more than {MostNumbers} numbers.");
            if (container is JsArray array)
                return array.Select(item => Read(item, level + 1)).ToList();
            var members = container.GetOwnProperties().Where(member => member.Value.Enumerable).Select(member => member.Key).ToList();
            return members.Count == 0 ? ToClr(container.ToObject()) : JsonValues.ToExpando(members.Select(name => KeyValuePair.Create(name.ToString(), Read(container.Get(name), level + 1))));
        }
    }

    private static object? ToClr(object? value) => value switch
    {
        double number when number == Math.Truncate(number) && Math.Abs(number) is >= 1e15 and < 1L << 53 => (long)number,
        BigInteger large when large >= long.MinValue && large <= long.MaxValue => (long)large,
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
