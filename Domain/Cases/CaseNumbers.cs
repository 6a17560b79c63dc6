using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace TongBan.Domain.Cases;

/// <summary>Draws numbers: one sequence per series, place and day. What is drawn in a transaction that fails was never issued.</summary>
public sealed class CaseNumbers(NpgsqlConnection connection)
{
    private const string SecretAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The next case number of a division and day, for example <c>441300-20261122-00001</c>.</summary>
    public Task<string> NextCaseAsync(string division, DateOnly day) => NextAsync("case", division, day, "");

    /// <summary>The next number of a paper, for example <c>受理-441300-20261122-00001</c>.</summary>
    public Task<string> NextPaperAsync(string title, string division, DateOnly day) => NextAsync(title, division, day, title + "-");

    /// <summary>A secret of ten characters without look-alikes: 50 bits.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString(SecretAlphabet, 10);

    /// <summary>A pick-up code of six digits.</summary>
    public static string NewPickupCode() => RandomNumberGenerator.GetString("0123456789", 6);

    private async Task<string> NextAsync(string series, string place, DateOnly day, string prefix)
    {
        var next = await connection.ExecuteScalarAsync<int>(
            """
            insert into tongban.number_series (series, place, day, last) values (@series, @place, @day, 1)
            on conflict (series, place, day) do update set last = number_series.last + 1
            returning last
            """,
            new { series, place, day });
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{place}-{day:yyyyMMdd}-{next:00000}");
    }
}
