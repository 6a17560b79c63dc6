using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TongBan.Domain.Catalogue.Search;
using TongBan.Domain.Catalogue.Versions;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Materials.Content.Cleaning;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Catalogue;

/// <summary>What the city, its catalogue, its limits and its files put into the container.</summary>
public static class CityServices
{
    /// <summary>
    /// Registers the stores; they need a scoped <see cref="Npgsql.NpgsqlConnection"/>, a <see cref="TimeProvider"/>, and
    /// <see cref="DiskContentOptions"/> with a folder.
    /// </summary>
    public static IServiceCollection AddCity(this IServiceCollection services) => services
        .AddScoped<PlaceStore>()
        .AddScoped<HallHours>()
        .AddScoped<PlaceEdits>()
        .AddScoped<NewPlaces>()
        .AddScoped<CatalogueStore>()
        .AddScoped<ItemVersions>()
        .AddSingleton<CatalogueIndex>()
        .AddScoped<CatalogueSearch>()
        .AddScoped<CalendarStore>()
        .AddScoped<CalendarDesk>()
        .AddScoped<LimitStore>()
        .AddScoped<LimitRecountStore>()
        .AddScoped<LimitReprojection>()
        .AddScoped<LimitTimers>()
        .AddSingleton<IContentStore, DiskContentStore>()
        .AddSingleton<ClamAvScanner>()
        .AddSingleton<NoVirusScanner>()
        .AddSingleton<IVirusScanner>(provider => provider.GetRequiredService<IOptions<ClamAvOptions>>().Value.Address is { Length: > 0 }
            ? provider.GetRequiredService<ClamAvScanner>()
            : provider.GetRequiredService<NoVirusScanner>())
        .AddSingleton<MaterialIntake>()
        .AddOptions<DiskContentOptions>().ValidateDataAnnotations().ValidateOnStart().Services;
}
