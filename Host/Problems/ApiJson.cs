using System.Text.Json;
using System.Text.Json.Serialization;

namespace TongBan.Host.Problems;

/// <summary>JSON as the product's API and its partners speak it.</summary>
internal static class ApiJson
{
    /// <summary>Enums are written as the domain's codes: camelCase.</summary>
    public static JsonConverter EnumsAsCodes { get; } = new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

    /// <summary>The options for what is written and read outside of endpoints.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Web) { Converters = { EnumsAsCodes } };
}
