using Npgsql;

namespace TongBan.Postgres;

/// <summary>
/// A PostgreSQL server of this process's own, on a free port of the loopback interface, for development and tests.
/// Its data stays when it stops, and also when the process is killed: the next start on the same folder stops what is left
/// of the old server and finds everything that was committed.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>The superuser's name, and that of its database.</summary>
    internal const string UserName = "tongban";

    private readonly DataFolder _folder;
    private readonly Cluster _cluster;
    private bool _stopped;

    private PrivatePostgres(DataFolder folder, Cluster cluster, string connectionString) =>
        (_folder, _cluster, ConnectionString) = (folder, cluster, connectionString);

    /// <summary>A superuser's connection string to the server's database.</summary>
    public string ConnectionString { get; }

    /// <summary>The folder that really holds the data: the one asked for, or its stand-in when run as root (see README).</summary>
    public string DataDirectory => _folder.Path;

    /// <summary>Starts the server, having made its data directory on first use.</summary>
    /// <param name="options">Where, and how durable.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PostgresStartException">It cannot start; the message says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, CancellationToken cancellationToken = default)
    {
        var account = ServiceAccount.Current;
        var folder = DataFolder.Open(options.DataDirectory, account);
        Cluster? cluster = null;
        try
        {
            var binaries = await PostgresBinaries.LocateAsync(account, cancellationToken);
            cluster = new Cluster(folder, binaries, account, options);
            await cluster.InitializeAsync(cancellationToken);
            options.Progress?.Report("starting the server");
            var port = await cluster.StartAsync(cancellationToken);
            var connection = new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = port,
                Username = UserName,
                Password = folder.Password(),
                Database = "postgres",
            };
            await CreateDatabaseAsync(connection.ConnectionString, cancellationToken);
            connection.Database = UserName;
            return new(folder, cluster, connection.ConnectionString);
        }
        catch
        {
            if (cluster is not null)
                await cluster.StopAsync(CancellationToken.None);
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Stops the server and waits for it; connections are cut, data stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _cluster.StopAsync(CancellationToken.None);
        _folder.Dispose();
    }

    private static async Task CreateDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var exists = source.CreateCommand($"select 1 from pg_database where datname = '{UserName}'");
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var create = source.CreateCommand($"create database {UserName}");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }
}
