using System.Collections.Concurrent;
using Npgsql;
using Xunit;

namespace TongBan.Testing;

/// <summary>
/// A database of one test class's own (an <c>IClassFixture</c>). Derive and override <see cref="Migrate"/> to begin with
/// tables: the migrations run once in a process, on a template that each database of that type is then copied from.
/// </summary>
public class TestDatabase : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<string>>> Templates = new();

    private const int MostAttempts = 25;

    private readonly string _name = "test_" + Guid.NewGuid().ToString("N");
    private NpgsqlDataSource? _source;
    private string? _connectionString;

    /// <summary>Connects to the database as its owner.</summary>
    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("The fixture has not started yet.");

    /// <summary>Connections to the database, pooled.</summary>
    public NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("The fixture has not started yet.");

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        var template = await Templates.GetOrAdd(GetType(), type => new(() => CreateTemplateAsync(type))).Value;
        await OnServerAsync($"create database {_name} template {template}");
        _connectionString = await ConnectionStringOfAsync(_name);
        _source = NpgsqlDataSource.Create(_connectionString);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await OnServerAsync($"drop database if exists {_name} with (force)");
                break;
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.InsufficientPrivilege && attempt < MostAttempts)
            {
                // Autovacuum is at it, which only a superuser may force away; it is done in a moment.
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Creates the tables and rows that every test class of this type begins with.</summary>
    protected virtual void Migrate(string connectionString)
    {
    }

    private static async Task OnServerAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(await TestServer.ConnectionStringAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> ConnectionStringOfAsync(string database) =>
        new NpgsqlConnectionStringBuilder(await TestServer.ConnectionStringAsync()) { Database = database, MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString;

    private async Task<string> CreateTemplateAsync(Type type)
    {
        var name = $"template_{type.Name}_{Guid.NewGuid():N}".ToLowerInvariant();
        await OnServerAsync($"create database {name}");
        TestServer.DropAtExit(name);
        // Unpooled: a template that still has a connection cannot be copied.
        var connectionString = new NpgsqlConnectionStringBuilder(await ConnectionStringOfAsync(name)) { Pooling = false }.ConnectionString;
        Migrate(connectionString);
        return name;
    }
}
