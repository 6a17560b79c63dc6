using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Http;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Runtime;
using Jint.Native;
using Microsoft.AspNetCore.Http;

namespace Elsa.Persistence;

/// <summary>
/// Values of variables, inputs and properties as JSON. What JSON has no form for keeps its type beside it:
/// <c>{"$type":"TimeSpan","$value":"01:00:00"}</c>. Only the types listed here are ever made from such a name.
/// </summary>
internal static class StoredValues
{
    /// <summary>Members keep their names: an object stored and read again looks the same to a script.</summary>
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A value may be as deep as JSON is usually read, and stands some levels inside of what is stored.</summary>
    public static readonly JsonDocumentOptions Deep = new() { MaxDepth = 128 };

    private static readonly JsonSerializerOptions PayloadOptions = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly WellKnownTypeRegistry TypeNames = new();

    public static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, object?>>? values, bool isPlain = false)
    {
        if (values is null || !values.Any())
            return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            Write(json, value, isPlain);
        }

        json.WriteEndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="value">Anything.</param>
    /// <param name="isPlain">Without the types: for people to read, not to be read again.</param>
    public static void Write(Utf8JsonWriter json, object? value, bool isPlain = false)
    {
        switch (value)
        {
            case null or JsValue or Delegate or Stream or IFormFile or IFormFile[] or HttpFile or HttpRequest:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double: // No number, or without end: a script's own JSON has null there too.
                json.WriteNullValue();
                break;
            case BigInteger large: // A BigInt of a script; read again it is a double, unless it fits a long.
                json.WriteRawValue(large.ToString(CultureInfo.InvariantCulture));
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case JsonNode node:
                node.WriteTo(json);
                break;
            case Enum named:
                json.WriteStringValue(named.ToString());
                break;
            case Variable variable:
                json.WriteStartObject();
                json.WriteString("id", variable.Id);
                json.WriteString("name", variable.Name);
                json.WriteString("typeName", TypeNames.NameOf(variable.ValueType));
                json.WriteEndObject();
                break;
            case DateTimeOffset or DateTime or DateOnly or TimeSpan or Guid or decimal when !isPlain:
                WriteTyped(json, value);
                break;
            case ExecuteWorkflowResult when isPlain:
                JsonSerializer.Serialize(json, value);
                break;
            case ExecuteWorkflowResult:
                json.WriteStartObject();
                json.WriteString("$type", nameof(ExecuteWorkflowResult));
                json.WritePropertyName("$value");
                JsonSerializer.Serialize(json, value);
                json.WriteEndObject();
                break;
            case IDictionary<string, object?> map:
                json.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    json.WritePropertyName(key);
                    Write(json, item, isPlain);
                }

                json.WriteEndObject();
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case IList list:
                json.WriteStartArray();
                foreach (var item in list)
                    Write(json, item, isPlain);
                json.WriteEndArray();
                break;
            default:
                JsonSerializer.Serialize(json, value, value.GetType(), Options);
                break;
        }
    }

    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("$type", out var type) && element.TryGetProperty("$value", out var value) => ReadTyped(type.GetString(), value),
        JsonValueKind.Object => JsonValues.ToExpando(element.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Read(property.Value)))),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToList(),
        _ => JsonValues.Read(element),
    };

    public static Dictionary<string, object> ReadMap(JsonElement parent, string name)
    {
        var map = new Dictionary<string, object>(StringComparer.Ordinal);
        if (parent.TryGetProperty(name, out var values))
        {
            foreach (var property in values.EnumerateObject())
                map[property.Name] = Read(property.Value)!;
        }

        return map;
    }

    /// <summary>A map as a JSON column, null when empty.</summary>
    public static string? ToColumn(IEnumerable<KeyValuePair<string, object?>>? values) =>
        values is null || !values.Any() ? null : ToJson(new Dictionary<string, object?>(values, StringComparer.Ordinal));

    /// <summary>The payload of a bookmark or trigger: members in camel case, as its readers outside expect.</summary>
    public static string? PayloadJson(object? payload) => payload is null ? null : JsonSerializer.Serialize(payload, payload.GetType(), PayloadOptions);

    public static string? ToJson(object? value, bool isPlain = false)
    {
        if (value is null)
            return null;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, value, isPlain);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static object? FromJson(string json)
    {
        using var document = JsonDocument.Parse(json, Deep);
        return Read(document.RootElement);
    }

    public static Dictionary<string, object> FromColumn(string? json)
    {
        var map = new Dictionary<string, object>(StringComparer.Ordinal);
        if (json is null)
            return map;
        using var document = JsonDocument.Parse(json, Deep);
        foreach (var property in document.RootElement.EnumerateObject())
            map[property.Name] = Read(property.Value)!;
        return map;
    }

    private static void WriteTyped(Utf8JsonWriter json, object value)
    {
        json.WriteStartObject();
        json.WriteString("$type", value.GetType().Name);
        json.WriteString("$value", value is DateTime or DateTimeOffset or DateOnly ? ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static object? ReadTyped(string? type, JsonElement value) => type switch
    {
        nameof(DateTimeOffset) => value.GetDateTimeOffset(),
        nameof(DateTime) => value.GetDateTime(),
        nameof(DateOnly) => DateOnly.ParseExact(value.GetString()!, "O", CultureInfo.InvariantCulture),
        nameof(TimeSpan) => TimeSpan.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        nameof(Guid) => value.GetGuid(),
        nameof(ExecuteWorkflowResult) => value.Deserialize<ExecuteWorkflowResult>(),
        nameof(Decimal) => decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => JsonValues.Read(value),
    };
}
