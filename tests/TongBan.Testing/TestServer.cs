using TongBan.Postgres;

namespace TongBan.Testing;

/// <summary>
/// The test process's PostgreSQL server: started by the first test that needs it, stopped and deleted at the process's end.
/// A killed process leaves its folder; the next one finds that nobody owns it and clears it away.
/// </summary>
internal static class TestServer
{
    private const string Prefix = "tongban-tests-";

    private static readonly Lazy<Task<PrivatePostgres>> Running = new(StartAsync);

    public static Task<PrivatePostgres> GetAsync() => Running.Value;

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
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                // Starting takes ownership and stops the old server; a folder in use refuses.
                var leftover = await PrivatePostgres.StartAsync(new() { DataDirectory = folder, Durable = false });
                Stop(leftover, folder);
            }
            catch (PostgresStartException)
            {
                // Another test process is running on it.
            }
        }
    }
}
