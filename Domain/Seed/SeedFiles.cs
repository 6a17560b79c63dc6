using System.Text.Json;
using System.Text.Json.Serialization;
using TongBan.Domain.Catalogue;

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

    /// <summary>The sample items: those described one by one in <c>items-….json</c>, then those of the sectors' lists.</summary>
    internal static IEnumerable<ServiceItem> Items() => [.. Described(), .. Listed()];

    private static IEnumerable<ServiceItem> Described() => Names("items-").SelectMany(Read<ItemSeed[]>).Select(seed => seed.ToItem());

    private static IEnumerable<ServiceItem> Listed()
    {
        var specialist = Places().SpecialistHalls.Select(hall => hall.Sector).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Names("lists."))
        {
            using var reader = new StreamReader(Open(name));
            var sector = name.Split('.')[1];
            foreach (var item in ItemList.Read(sector, specialist.Contains(sector) ? ItemScope.Specialist : ItemScope.Comprehensive, reader))
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<string> Names(string start) => typeof(SeedFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix + start, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..])
        .Order(StringComparer.Ordinal);

    private static T Read<T>(string file)
    {
        using var stream = Open(file);
        return JsonSerializer.Deserialize<T>(stream, Options) ?? throw new InvalidOperationException($"{file} is empty.");
    }

    private static Stream Open(string file) => typeof(SeedFiles).Assembly.GetManifestResourceStream(Prefix + file)
        ?? throw new InvalidOperationException($"The assembly was built without {file}.");
}
