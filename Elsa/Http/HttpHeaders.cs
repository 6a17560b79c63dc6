using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elsa.Http;

/// <summary>The headers of a message; a name may have several values.</summary>
[JsonConverter(typeof(HttpHeadersConverter))]
public class HttpHeaders : Dictionary<string, string[]>
{
    /// <summary>No headers. Names are found whatever their case.</summary>
    public HttpHeaders() : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>A copy; names are found whatever their case.</summary>
    public HttpHeaders(IDictionary<string, string[]> source) : base(source, StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>The first value of <c>Content-Type</c>; null when there is none.</summary>
    public string? ContentType => TryGetValue("content-type", out var values) && values.Length > 0 ? values[0] : null;
}

/// <summary>Reads a single value where a list is meant: <c>{"X-Id": "7"}</c>.</summary>
internal sealed class HttpHeadersConverter : JsonConverter<HttpHeaders>
{
    public override HttpHeaders Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonException("Headers are an object: each name with a value or a list of values.");
        var headers = new HttpHeaders();
        foreach (var header in json.EnumerateObject())
            headers[header.Name] = header.Value.ValueKind == JsonValueKind.Array ? [.. header.Value.EnumerateArray().Select(value => value.ToString())] : [header.Value.ToString()];
        return headers;
    }

    public override void Write(Utf8JsonWriter writer, HttpHeaders value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, values) in value)
        {
            writer.WriteStartArray(name);
            foreach (var item in values)
                writer.WriteStringValue(item);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
