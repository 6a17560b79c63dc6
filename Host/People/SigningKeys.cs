using System.Security.Cryptography;
using Dapper;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace TongBan.Host.People;

/// <summary>The key that signs tokens: made at the first start and shared by all hosts of one database.</summary>
internal sealed class SigningKeys(NpgsqlDataSource source, TimeProvider time)
{
    private const string Name = "token-signing";
    private const int KeyBytes = 64;

    private SymmetricSecurityKey? _key;

    /// <summary>The key, once loaded.</summary>
    public SymmetricSecurityKey Key => _key ?? throw new InvalidOperationException("The signing key is loaded at the start, before the first request.");

    /// <summary>Reads the key, or makes it when there is none; of hosts that start together, one's key wins.</summary>
    public async Task LoadAsync()
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into tongban.host_keys (name, content, created_at) values (@Name, @content, @now) on conflict do nothing",
            new { Name, content = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), now = time.GetUtcNow() });
        var content = await connection.QuerySingleAsync<string>("select content from tongban.host_keys where name = @Name", new { Name });
        _key = new SymmetricSecurityKey(Convert.FromBase64String(content));
    }
}
