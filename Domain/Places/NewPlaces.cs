using Dapper;
using Npgsql;

namespace TongBan.Domain.Places;

/// <summary>A hall that opens.</summary>
/// <param name="Sector">The sector of a specialist hall; null for a comprehensive one.</param>
/// <param name="Windows">How many windows it begins with, 1 to 99.</param>
public sealed record NewHall(string? Name, string? Division, string? Sector, int Windows);

/// <summary>An authority that begins to decide for a division and sector which have none yet.</summary>
public sealed record NewAuthority(string? Name, string? Division, string? Sector, AuthorityChannel Channel);

/// <summary>Adds halls and authorities. Codes follow from where they are and what they serve, and never change.</summary>
/// <param name="connection">The request's connection; opened by Dapper when it is closed.</param>
public sealed class NewPlaces(NpgsqlConnection connection)
{
    /// <summary>Adds a hall with its windows and the usual hours; call it inside a transaction.</summary>
    /// <returns>Its code, <c>H</c> with division and sector, numbered from the second such hall on.</returns>
    public async Task<Result<string>> AddHallAsync(NewHall hall)
    {
        if (PlaceEdits.Check(hall.Name, hall.Windows) is { } refusal)
            return refusal;
        if (await UnknownAsync(hall.Division, hall.Sector) is { } unknown)
            return unknown;
        var stem = hall.Sector is null ? $"H{hall.Division}" : $"H{hall.Division}-{hall.Sector}";
        // Two administrators who add at once wait for one another here.
        await connection.ExecuteAsync("select from tongban.divisions where code = @Division for update", new { hall.Division });
        var code = await connection.QuerySingleAsync<string>(
            """
            insert into tongban.halls (code, name, division, kind, sector)
            select c.code, @name, @Division, @kind, @Sector
            from (select case when n = 1 then @stem else @stem || '-' || n end as code, n from generate_series(1, 999) n) c
            where not exists (select from tongban.halls h where h.code = c.code) order by c.n limit 1
            returning code
            """,
            new { hall.Division, hall.Sector, stem, name = hall.Name!.Trim(), kind = Codes.Of(hall.Sector is null ? PlaceKind.Comprehensive : PlaceKind.Specialist) });
        await connection.ExecuteAsync(
            """
            insert into tongban.windows (hall, number, kind) select @code, n, h.kind from generate_series(1, @Windows) n, tongban.halls h where h.code = @code;
            insert into tongban.hall_hours (hall, day, opens, closes, daily_life)
            select @code, d, s.opens, s.closes, false from generate_series(1, 5) d cross join (values (time '09:00', time '12:00'), (time '14:00', time '17:00')) as s (opens, closes)
            """,
            new { code, hall.Windows });
        return code;
    }

    /// <summary>Adds an authority.</summary>
    /// <returns>Its code: division, hyphen, sector.</returns>
    public async Task<Result<string>> AddAuthorityAsync(NewAuthority authority)
    {
        if (PlaceEdits.Check(authority.Name) is { } refusal)
            return refusal;
        if (authority.Sector is null)
            return new PlaceInvalid("sector", "请选择条线。");
        if (await UnknownAsync(authority.Division, authority.Sector) is { } unknown)
            return unknown;
        var code = $"{authority.Division}-{authority.Sector}";
        var added = await connection.ExecuteAsync(
            "insert into tongban.authorities (code, name, division, sector, channel) values (@code, @name, @Division, @Sector, @channel) on conflict do nothing",
            new { code, name = authority.Name!.Trim(), authority.Division, authority.Sector, channel = Codes.Of(authority.Channel) });
        return added == 0 ? new PlaceInvalid("sector", "该区划的这个条线已有审批部门。") : code;
    }

    private async Task<Refusal?> UnknownAsync(string? division, string? sector)
    {
        var (hasDivision, hasSector) = await connection.QuerySingleAsync<(bool, bool)>(
            "select exists (select from tongban.divisions where code = @division), @sector::text is null or exists (select from tongban.sectors where code = @sector)", new { division, sector });
        return !hasDivision ? new PlaceInvalid("division", "请选择区划。") : !hasSector ? new PlaceInvalid("sector", "请选择条线。") : null;
    }
}
