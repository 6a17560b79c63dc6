using Dapper;
using Npgsql;

namespace TongBan.Domain.Places;

/// <summary>What an administrator changes about places. Codes never change: cases and users name them.</summary>
/// <param name="connection">The request's connection; opened by Dapper when it is closed.</param>
public sealed class PlaceEdits(NpgsqlConnection connection)
{
    private const int LongestName = 60;
    private const int MostWindows = 99;

    /// <summary>Renames a hall, and sets how many windows it has; call it inside a transaction.</summary>
    /// <returns>True; refused when the name is wrong, or a window that would go has cases or users.</returns>
    public async Task<Result<bool>> SetHallAsync(string hall, string name, int windows)
    {
        if (Check(name, windows) is { } refusal)
        {
            return refusal;
        }

        var used = await connection.ExecuteScalarAsync<int>(
            """
            select coalesce(max(n), 0) from (
                select window_number as n from tongban.cases where hall = @hall and closed_at is null
                union all select window_number from tongban.users where hall = @hall and not disabled) u
            """,
            new { hall });
        if (windows < used)
        {
            return new PlaceInvalid("windows", $"{used}号窗口还有在办件或值守人员，不能撤销。");
        }

        await connection.ExecuteAsync(
            """
            update tongban.halls set name = @name where code = @hall;
            delete from tongban.windows where hall = @hall and number > @windows;
            insert into tongban.windows (hall, number, kind) select @hall, n, h.kind from generate_series(1, @windows) n, tongban.halls h where h.code = @hall
            on conflict do nothing
            """,
            new { hall, name = name.Trim(), windows });
        return true;
    }

    /// <summary>Renames an authority and says how cases reach it.</summary>
    public async Task<Result<bool>> SetAuthorityAsync(string authority, string name, AuthorityChannel channel)
    {
        if (Check(name) is { } refusal)
        {
            return refusal;
        }

        await connection.ExecuteAsync("update tongban.authorities set name = @name, channel = @channel where code = @authority", new { authority, name = name.Trim(), channel = Codes.Of(channel) });
        return true;
    }

    internal static PlaceInvalid? Check(string? name, int windows = 1) =>
        string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl) ? new PlaceInvalid("name", $"名称须为1至{LongestName}字。")
        : windows is < 1 or > MostWindows ? new PlaceInvalid("windows", $"窗口数须为1至{MostWindows}。")
        : null;
}

/// <summary>A place cannot be changed so.</summary>
public sealed record PlaceInvalid(string FieldName, string Problem) : Refusal(RefusalKind.Invalid, "place_invalid", Problem, FieldName);
