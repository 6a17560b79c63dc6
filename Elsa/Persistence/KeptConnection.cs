using System.Data;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>A connection of the runtime's own that is kept while there is much to do: one server process serves it all, with what it has planned at hand.</summary>
/// <param name="scopes">Give the connection, as to anybody else.</param>
internal sealed class KeptConnection(IServiceScopeFactory scopes) : IDisposable
{
    /// <summary>Unused for longer it goes back to its pool, which knows better whether the server is still there.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    private IServiceScope? _scope;
    private NpgsqlConnection? _connection;
    private long _usedAt;

    /// <summary>The connection, open. It is for one user at a time.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync()
    {
        var idle = Stopwatch.GetElapsedTime(_usedAt);
        _usedAt = Stopwatch.GetTimestamp();
        if (_connection is { State: ConnectionState.Open } && idle < Idle)
            return _connection;
        Dispose();
        _scope = scopes.CreateScope();
        _connection = _scope.ServiceProvider.GetRequiredService<NpgsqlConnection>();
        await _connection.OpenAsync();
        return _connection;
    }

    public void Dispose()
    {
        _connection = null;
        _scope?.Dispose();
        _scope = null;
    }
}
