using Microsoft.Extensions.DependencyInjection;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Catalogue;

/// <summary>What the city, its catalogue, its limits and its files put into the container.</summary>
public static class CityServices
{
    /// <summary>Registers the stores; they need a scoped <see cref="Npgsql.NpgsqlConnection"/>.</summary>
    public static IServiceCollection AddCity(this IServiceCollection services) => services
        .AddScoped<PlaceStore>()
        .AddScoped<CatalogueStore>()
        .AddScoped<CalendarStore>()
        .AddScoped<LimitStore>()
        .AddScoped<LimitReprojection>();
}
