using System.Text.Json;
using System.Text.Json.Serialization;

namespace TongBan.Domain.Seed;

/// <summary>The shipped data files, embedded in the assembly.</summary>
internal static class SeedFiles
{
    private const string Prefix = "TongBan.Domain.Seed.";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    internal static PlaceSeed Places() => Read<PlaceSeed>("places.json");

    internal static CalendarSeed Calendar2026() => Read<CalendarSeed>("calendar-2026.json");

    /// <summary>The sample items of every sector file, <c>items-….json</c>.</summary>
    internal static IEnumerable<ItemSeed> Items() => typeof(SeedFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith($"{Prefix}items-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .SelectMany(name => Read<ItemSeed[]>(name[Prefix.Length..]));

    private static T Read<T>(string file)
    {
        using var stream = typeof(SeedFiles).Assembly.GetManifestResourceStream(Prefix + file)
            ?? throw new InvalidOperationException($"The assembly was built without {file}.");
        return JsonSerializer.Deserialize<T>(stream, Options) ?? throw new InvalidOperationException($"{file} is empty.");
    }
}
