using Npgsql;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Seed;

/// <summary>The city as shipped: its places, the calendar of 2026, and sample items of many sectors.</summary>
public static class CitySeed
{
    /// <summary>
    /// Loads what is not there yet, in one transaction; places, items and a calendar that exist stay untouched, so that it
    /// may run at every start. Two hosts that start together queue on an advisory lock.
    /// </summary>
    /// <param name="source">A database with the domain's tables.</param>
    /// <param name="cancellation">Stops it; nothing is stored then.</param>
    public static async Task RunAsync(NpgsqlDataSource source, CancellationToken cancellation = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var queue = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('tongban.city_seed'))", connection))
        {
            await queue.ExecuteNonQueryAsync(cancellation);
        }

        await SeedFiles.Places().StoreAsync(connection);
        var calendars = new CalendarStore(connection);
        await new HallHours(connection, calendars).SeedAsync(cancellation);
        await StoreCalendarAsync(calendars, cancellation);
        await CatalogueBulk.AddMissingAsync(connection, [.. SeedFiles.Items()], cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task StoreCalendarAsync(CalendarStore calendars, CancellationToken cancellation)
    {
        var shipped = SeedFiles.Calendar2026().ToYear();
        var existing = await calendars.ForAsync(PlaceStore.CityDivision, cancellation);
        if (!existing.IsPublished(shipped.Year))
        {
            var published = await calendars.PublishAsync(PlaceStore.CityDivision, shipped, cancellation: cancellation);
            _ = published.Value;
        }
    }
}
