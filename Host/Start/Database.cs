using Npgsql;
using TongBan.Postgres;

namespace TongBan.Host.Start;

/// <summary>The one database: the one that the settings name, or a private PostgreSQL that lives as long as the host.</summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>Connections of the requests; Hangfire has a pool of its own, see <see cref="JobsPoolSize"/>.</summary>
    private const int RequestsPoolSize = 80;

    private const int JobsPoolSize = 30;

    private const int PreparedStatements = 100;

    private readonly PrivatePostgres? _server;

    private Database(string connectionString, string? owner, PrivatePostgres? server) => (ConnectionString, OwnerConnectionString, _server) = (connectionString, owner ?? connectionString, server);

    /// <summary>For the running host: as the settings give it, or the private server's login with no more rights than it needs.</summary>
    public string ConnectionString { get; }

    /// <summary>For migrations: the owner of all tables.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>The running host's login where it is another than the owner; null where the host owns its tables.</summary>
    public string? Login =>
        new NpgsqlConnectionStringBuilder(ConnectionString).Username is { } login && login != new NpgsqlConnectionStringBuilder(OwnerConnectionString).Username ? login : null;

    /// <summary>The private server's folder, or null when the database was given.</summary>
    public string? PrivateDataDirectory => _server?.DataDirectory;

    /// <summary>For requests: unless the connection string says otherwise, so many that a private server serves them all.</summary>
    public string ForRequests => WithPool(RequestsPoolSize, "tongban");

    /// <summary>For Hangfire.</summary>
    public string ForJobs => WithPool(JobsPoolSize, "tongban-jobs");

    /// <summary>Opens the given database, or starts the private one.</summary>
    public static async Task<Database> OpenAsync(HostSettings settings, IProgress<string> report)
    {
        if (settings.ConnectionString is { } given)
        {
            await CheckAsync(given, "TongBan");
            if (settings.OwnerConnectionString is { } owner)
                await CheckAsync(owner, "TongBanOwner");
            return new(given, settings.OwnerConnectionString, null);
        }

        var server = await PrivatePostgres.StartAsync(new()
        {
            DataDirectory = Path.Combine(settings.DataDirectory, "postgres"),
            Progress = report,
        });
        return new(await DatabaseRights.CreateLoginAsync(server.ConnectionString), server.ConnectionString, server);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task CheckAsync(string connectionString, string name)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
        }
        catch (ArgumentException exception)
        {
            throw new StartFailure($"ConnectionStrings__{name} cannot be read: {exception.Message}", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new StartFailure(
                $"The database of ConnectionStrings__{name} does not answer ({exception.InnerException?.Message ?? exception.Message}): "
                + "start it, correct the setting, or leave it out to use the private PostgreSQL.",
                exception);
        }
    }

    private string WithPool(int size, string applicationName)
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = applicationName };
        if (!builder.ContainsKey("Maximum Pool Size"))
            builder.MaxPoolSize = size;
        // The statements are few and come again and again; a pool in front of PostgreSQL that cannot keep them sets this to 0.
        if (!builder.ContainsKey("Max Auto Prepare"))
            builder.MaxAutoPrepare = PreparedStatements;
        return builder.ConnectionString;
    }
}
