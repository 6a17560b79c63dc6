using System.Text.Json;
using System.Text.Json.Serialization;

namespace TongBan.Studio.InBrowser;

/// <summary>A type of numbers and texts, described once for each way of naming its properties, whatever else the options say.</summary>
internal sealed class DescribedOnce<T> : JsonConverter<T>
    where T : class
{
    private readonly JsonSerializerOptions _camelCase = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private readonly JsonSerializerOptions _asDeclared = new();

    /// <summary>Describes it at once: later the serializer would find this converter.</summary>
    public DescribedOnce()
    {
        JsonSerializer.Serialize<T?>(null, _camelCase);
        JsonSerializer.Serialize<T?>(null, _asDeclared);
    }

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<T>(ref reader, Described(options));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, Described(options));

    private JsonSerializerOptions Described(JsonSerializerOptions options) => options.PropertyNamingPolicy == JsonNamingPolicy.CamelCase ? _camelCase : _asDeclared;
}
