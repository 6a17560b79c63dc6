using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace TongBan.Host.Sandbox;

/// <summary>What a sandbox partner and the host sign with while no secret is configured: made once for a database.</summary>
internal sealed class SandboxSecret(NpgsqlDataSource source, TimeProvider time)
{
    private const string Name = "sandbox";
    private const int SecretBytes = 32;

    private string? _value;

    /// <summary>The secret, once loaded.</summary>
    public string Value => _value ?? throw new InvalidOperationException("The sandbox's secret is loaded at the start.");

    public async Task LoadAsync()
    {
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into tongban.host_keys (name, content, created_at) values (@Name, @content, @now) on conflict do nothing",
            new { Name, content = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)), now = time.GetUtcNow() });
        _value = await connection.QuerySingleAsync<string>("select content from tongban.host_keys where name = @Name", new { Name });
    }
}
