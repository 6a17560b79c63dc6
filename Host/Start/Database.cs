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

    private Database(string connectionString, PrivatePostgres? server) => (ConnectionString, _server) = (connectionString, server);

    /// <summary>The connection string as the settings give it, or the private server's.</summary>
    public string ConnectionString { get; }

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
            await CheckAsync(given);
            return new(given, null);
        }

        var server = await PrivatePostgres.StartAsync(new()
        {
            DataDirectory = Path.Combine(settings.DataDirectory, "postgres"),
            Progress = report,
        });
        return new(server.ConnectionString, server);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task CheckAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
        }
        catch (ArgumentException exception)
        {
            throw new StartFailure($"ConnectionStrings__TongBan cannot be read: {exception.Message}", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new StartFailure(
                $"The database of ConnectionStrings__TongBan does not answer ({exception.InnerException?.Message ?? exception.Message}): "
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
