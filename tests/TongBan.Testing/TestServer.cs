using Npgsql;
using TongBan.Postgres;

namespace TongBan.Testing;

/// <summary>
/// The PostgreSQL server of the tests: that of <c>ConnectionStrings__TongBan</c> where it is set, whose user may create
/// databases; else one of the test process's own, started by the first test that needs it, stopped and deleted at the
/// process's end. A killed process leaves its folder; the next one finds that nobody owns it and clears it away.
/// </summary>
internal static class TestServer
{
    private const string Prefix = "tongban-tests-";

    private const string Given = "ConnectionStrings__TongBan";

    private static readonly Lazy<Task<string>> Server = new(ConnectAsync);

    /// <summary>Connects to the server as somebody who may create databases.</summary>
    public static Task<string> ConnectionStringAsync() => Server.Value;

    /// <summary>Deletes a template at the process's end; on a server of our own it goes with the server.</summary>
    public static void DropAtExit(string database) =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Environment.GetEnvironmentVariable(Given) is not { Length: > 0 } given)
                return;
            try
            {
                using var connection = new NpgsqlConnection(given);
                connection.Open();
                // Without force: nobody is connected but autovacuum at most, which only a superuser may force away.
                using var drop = new NpgsqlCommand($"drop database if exists {database}", connection);
                drop.ExecuteNonQuery();
            }
            catch (NpgsqlException left)
            {
                Console.Error.WriteLine($"The template {database} was left behind: {left.Message}");
            }
        };

    private static async Task<string> ConnectAsync() =>
        Environment.GetEnvironmentVariable(Given) is { Length: > 0 } given ? given : (await StartAsync()).ConnectionString;

    private static async Task<PrivatePostgres> StartAsync()
    {
        await ClearLeftoversAsync();
        var folder = Path.Combine(Path.GetTempPath(), Prefix + Guid.NewGuid().ToString("N"));
        var server = await PrivatePostgres.StartAsync(new() { DataDirectory = folder, Durable = false });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(server, folder);
        Console.CancelKeyPress += (_, _) => Stop(server, folder);
        return server;
    }

    private static void Stop(PrivatePostgres server, string folder)
    {
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static async Task ClearLeftoversAsync()
    {
        // A folder without a password is one that another process is just making.
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(folder => File.Exists(Path.Combine(folder, "password"))))
        {
            try
            {
                // Starting takes ownership and stops the old server; a folder in use refuses.
                var leftover = await PrivatePostgres.StartAsync(new() { DataDirectory = folder, Durable = false });
                Stop(leftover, folder);
            }
            catch (Exception e) when (e is PostgresStartException or IOException or UnauthorizedAccessException)
            {
                // Another test process is running on it, or it is another user's.
            }
            catch (NpgsqlException)
            {
                // Killed without fsync it may be damaged; nobody owns it, and it has been stopped.
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
