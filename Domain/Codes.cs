using System.Collections.Concurrent;
using System.Text.Json;

namespace TongBan.Domain;

/// <summary>The one spelling of an enum outside the process: camelCase, in the database and in the API alike.</summary>
public static class Codes
{
    private static readonly ConcurrentDictionary<Enum, string> Cache = new();

    /// <summary>The value's code, for example <c>outForDelivery</c>.</summary>
    public static string Of(Enum value) => Cache.GetOrAdd(value, static v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));
}
