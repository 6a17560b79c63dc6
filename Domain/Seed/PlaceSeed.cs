using Dapper;
using Npgsql;
using TongBan.Domain.Places;

namespace TongBan.Domain.Seed;

/// <summary>The places of <c>places.json</c>: each sector has an authority in every division, and each sort of hall a hall.</summary>
internal sealed record PlaceSeed(
    IReadOnlyList<PlaceSeed.DivisionSeed> Divisions,
    IReadOnlyList<PlaceSeed.SectorSeed> Sectors,
    PlaceSeed.ComprehensiveSeed ComprehensiveHall,
    IReadOnlyList<PlaceSeed.SpecialistSeed> SpecialistHalls)
{
    private const string Everywhere = "*";

    /// <summary>Adds what is not there yet; what an administrator has changed since stays as it is.</summary>
    internal async Task StoreAsync(NpgsqlConnection connection)
    {
        await connection.ExecuteAsync(
            "insert into tongban.divisions (code, name, position) values (@Code, @Name, @Position) on conflict do nothing",
            Divisions.Select((division, position) => new { division.Code, division.Name, position }));
        await connection.ExecuteAsync(
            "insert into tongban.sectors (code, name, position) values (@Code, @Name, @Position) on conflict do nothing",
            Sectors.Select((sector, position) => new { sector.Code, sector.Name, position }));
        await connection.ExecuteAsync(
            """
            insert into tongban.authorities (code, name, division, sector, channel)
            values (@Code, @Name, @Division, @Sector, @Channel) on conflict do nothing
            """,
            Authorities().Select(authority => new
            {
                authority.Code, authority.Name, authority.Division, authority.Sector, Channel = Codes.Of(authority.Channel),
            }));
        foreach (var hall in Halls())
        {
            await connection.ExecuteAsync(
                """
                insert into tongban.halls (code, name, division, kind, sector) values (@Code, @Name, @Division, @Kind, @Sector)
                on conflict do nothing;
                insert into tongban.windows (hall, number, kind) select @Code, number, @Kind from generate_series(1, @Windows) as number
                on conflict do nothing
                """,
                new { hall.Code, hall.Name, hall.Division, Kind = Codes.Of(hall.Kind), hall.Sector, Windows = hall.Windows.Count });
        }

        await connection.ExecuteAsync(
            "insert into tongban.division_places (division, latitude, longitude) values (@Code, @Latitude, @Longitude) on conflict do nothing", Divisions);
    }

    /// <summary>The authority of each sector in each division.</summary>
    internal IEnumerable<Authority> Authorities() =>
        from division in Divisions
        from sector in Sectors
        let channel = sector.System.Any(code => code is Everywhere || code == division.Code) ? AuthorityChannel.System : AuthorityChannel.Desk
        select new Authority(
            $"{division.Code}-{sector.Code}", division.Fill(division.IsCity ? sector.City : sector.County), division.Code, sector.Code, channel);

    /// <summary>The halls with their windows.</summary>
    internal IEnumerable<Hall> Halls()
    {
        foreach (var division in Divisions)
        {
            var code = $"H{division.Code}";
            var name = division.Fill(division.IsCity ? ComprehensiveHall.City : ComprehensiveHall.County);
            yield return new Hall(code, name, division.Code, PlaceKind.Comprehensive, null, Windows(ComprehensiveHall.Windows, PlaceKind.Comprehensive));
            foreach (var hall in SpecialistHalls)
            {
                var windows = hall.Windows.TryGetValue(division.Code, out var own) ? own : hall.Windows[Everywhere];
                yield return new Hall(
                    $"{code}-{hall.Sector}", division.Fill(hall.Name), division.Code, PlaceKind.Specialist, hall.Sector,
                    Windows(windows, PlaceKind.Specialist));
            }
        }
    }

    private static Window[] Windows(int count, PlaceKind kind) => [.. Enumerable.Range(1, count).Select(number => new Window(number, kind))];

    internal sealed record DivisionSeed(string Code, string Name, string Short, double Latitude, double Longitude)
    {
        internal bool IsCity => Code == PlaceStore.CityDivision;

        internal string Fill(string pattern) => pattern.Replace("{name}", Name, StringComparison.Ordinal).Replace("{short}", Short, StringComparison.Ordinal);
    }

    internal sealed record SectorSeed(string Code, string Name, string City, string County, IReadOnlyList<string> System);

    internal sealed record ComprehensiveSeed(string City, string County, int Windows);

    internal sealed record SpecialistSeed(string Sector, string Name, IReadOnlyDictionary<string, int> Windows);
}
