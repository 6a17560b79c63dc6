using System.Text.Json;
using System.Text.Json.Serialization;

namespace TongBan.Domain.Catalogue.Versions;

/// <summary>An item as JSON, as versions keep it.</summary>
internal static class ItemContent
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    internal static string Write(ServiceItem item) => JsonSerializer.Serialize(item, Options);

    internal static ServiceItem Read(string content) => JsonSerializer.Deserialize<ServiceItem>(content, Options) ?? throw new InvalidOperationException("A version of an item is empty.");
}
