using System.Text.Json;
using System.Text.Json.Serialization;

namespace TongBan.Studio.InBrowser;

/// <summary>An interface, read and written as the class that the serializer takes for it, which is described only when there is a value.</summary>
internal sealed class AsClass<TInterface, TClass>(Func<TInterface, TClass> copy) : JsonConverter<TInterface>
    where TClass : class, TInterface
{
    public override TInterface? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<TClass>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, TInterface value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, copy(value), options);
}
