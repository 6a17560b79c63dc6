using Dapper;
using Npgsql;

namespace TongBan.Domain.Places;

/// <summary>The city's divisions, halls, windows and authorities.</summary>
/// <param name="connection">The request's connection; opened by Dapper when it is closed.</param>
public sealed class PlaceStore(NpgsqlConnection connection)
{
    /// <summary>The code of the city itself, whose authorities stand in where a division has none.</summary>
    public const string CityDivision = "441300";

    private const string AuthorityColumns = "code, name, division, sector, channel";

    /// <summary>All places, in the order in which lists show them.</summary>
    public async Task<PlaceDirectory> AllAsync(CancellationToken cancellation = default)
    {
        const string sql = $"""
            select code, name from tongban.divisions order by position;
            select code, name from tongban.sectors order by position;
            select code, name, division, kind, sector from tongban.halls order by kind, division, code;
            select hall, number, kind from tongban.windows order by hall, number;
            select {AuthorityColumns} from tongban.authorities order by division, sector
            """;
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, cancellationToken: cancellation));
        var divisions = (await results.ReadAsync<Division>()).AsList();
        var sectors = (await results.ReadAsync<Sector>()).AsList();
        var halls = (await results.ReadAsync<HallRow>()).AsList();
        var windows = (await results.ReadAsync<WindowRow>()).ToLookup(row => row.Hall, row => new Window(row.Number, row.Kind), StringComparer.Ordinal);
        var authorities = (await results.ReadAsync<Authority>()).AsList();
        return new PlaceDirectory(divisions, sectors, [.. halls.Select(hall => hall.With(windows[hall.Code]))], authorities);
    }

    /// <summary>The hall with its windows, or null.</summary>
    public async Task<Hall?> FindHallAsync(string code, CancellationToken cancellation = default)
    {
        const string sql = """
            select code, name, division, kind, sector from tongban.halls where code = @code;
            select hall, number, kind from tongban.windows where hall = @code order by number
            """;
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, new { code }, cancellationToken: cancellation));
        var hall = await results.ReadSingleOrDefaultAsync<HallRow>();
        return hall?.With((await results.ReadAsync<WindowRow>()).Select(row => new Window(row.Number, row.Kind)));
    }

    /// <summary>The division, or null.</summary>
    public Task<Division?> FindDivisionAsync(string code, CancellationToken cancellation = default) =>
        connection.QuerySingleOrDefaultAsync<Division>(new CommandDefinition(
            "select code, name from tongban.divisions where code = @code", new { code }, cancellationToken: cancellation));

    /// <summary>The authority, or null.</summary>
    public Task<Authority?> FindAuthorityAsync(string code, CancellationToken cancellation = default) =>
        connection.QuerySingleOrDefaultAsync<Authority>(new CommandDefinition(
            $"select {AuthorityColumns} from tongban.authorities where code = @code", new { code }, cancellationToken: cancellation));

    /// <summary>Who decides for a sector in a division: its own authority, or else the city's of that sector.</summary>
    /// <param name="sector">The sector's code.</param>
    /// <param name="division">The division's code.</param>
    /// <param name="cancellation">Stops the query.</param>
    public async Task<Result<Authority>> AuthorityForAsync(string sector, string division, CancellationToken cancellation = default)
    {
        const string sql = $"""
            select {AuthorityColumns} from tongban.authorities
            where sector = @sector and division in (@division, '{CityDivision}')
            order by division = @division desc
            limit 1
            """;
        var found = await connection.QuerySingleOrDefaultAsync<Authority>(
            new CommandDefinition(sql, new { sector, division }, cancellationToken: cancellation));
        return found is null ? new AuthorityMissing(sector, division) : found;
    }

    private sealed record HallRow(string Code, string Name, string Division, PlaceKind Kind, string? Sector)
    {
        internal Hall With(IEnumerable<Window> windows) => new(Code, Name, Division, Kind, Sector, [.. windows]);
    }

    private sealed record WindowRow(string Hall, int Number, PlaceKind Kind);
}
