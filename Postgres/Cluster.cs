using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TongBan.Postgres;

/// <summary>One PostgreSQL data directory and the server on it, worked with PostgreSQL's own programs.</summary>
internal sealed class Cluster(DataFolder folder, PostgresBinaries binaries, ServiceAccount account, PrivatePostgresOptions options)
{
    /// <summary>Another program may take the free port before the server does.</summary>
    private const int StartAttempts = 3;

    private bool Exists => File.Exists(Path.Combine(folder.Cluster, "PG_VERSION"));

    private string PidFile => Path.Combine(folder.Cluster, "postmaster.pid");

    /// <summary>Makes the data directory on first use. A crash half-way leaves a folder that the next start replaces.</summary>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (Exists)
            return;
        options.Progress?.Report("creating the database cluster");
        var partial = folder.Cluster + ".new";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        var passwordFile = Path.Combine(folder.Path, "initdb-password");
        DataFolder.WriteSecret(passwordFile, folder.Password());
        try
        {
            await account.OwnAsync(partial, cancellationToken);
            await account.OwnAsync(passwordFile, cancellationToken);
            await RunAsync(
                "initdb",
                [
                    "--pgdata", partial, "--username", PrivatePostgres.UserName, "--pwfile", passwordFile, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-locale",
                    .. options.Durable ? Array.Empty<string>() : ["--no-sync"],
                ],
                cancellationToken);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(partial, folder.Cluster);
    }

    /// <summary>Starts the server and answers the port it listens on.</summary>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        await StopLeftoverAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port ?? FreePort();
            await File.WriteAllTextAsync(Path.Combine(folder.Cluster, "postgresql.conf"), Settings(port), cancellationToken);
            try
            {
                await RunAsync("pg_ctl", ["start", "--silent", "--wait", "--timeout", "60", "--pgdata", folder.Cluster, "--log", folder.Log], cancellationToken);
                return port;
            }
            catch (PostgresStartException) when (attempt < StartAttempts)
            {
                options.Progress?.Report("trying another port");
            }
        }
    }

    /// <summary>Stops the server, if it runs: with its data written when durable, at once when not.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!await RunsAsync(cancellationToken))
            return;
        var mode = options.Durable ? "fast" : "immediate";
        await RunAsync("pg_ctl", ["stop", "--silent", "--wait", "--timeout", "30", "--mode", mode, "--pgdata", folder.Cluster], cancellationToken);
    }

    /// <summary>A host that was killed leaves its server running; after a reboot its number may be another program's.</summary>
    private async Task StopLeftoverAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(PidFile))
            return;
        options.Progress?.Report("stopping what a killed host left");
        await StopAsync(cancellationToken);
        File.Delete(PidFile);
    }

    private async Task<bool> RunsAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(PidFile))
            return false;
        var number = (await File.ReadAllLinesAsync(PidFile, cancellationToken)).FirstOrDefault();
        return int.TryParse(number, CultureInfo.InvariantCulture, out var pid) && IsPostgres(pid);
    }

    private static bool IsPostgres(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Settings(int port) =>
        $"""
        # Written anew at each start.
        listen_addresses = '127.0.0.1'
        port = {port}
        unix_socket_directories = ''
        max_connections = {options.MaxConnections}
        shared_buffers = 128MB
        timezone = 'UTC'
        log_timezone = 'UTC'
        jit = off
        fsync = {(options.Durable ? "on" : "off")}
        synchronous_commit = {(options.Durable ? "on" : "off")}
        full_page_writes = {(options.Durable ? "on" : "off")}

        """;

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.RunAsync(binaries.Program(program), arguments, folder.Path, account, cancellationToken);
        if (exitCode == 0)
            return;
        var log = File.Exists(folder.Log) ? (await File.ReadAllLinesAsync(folder.Log, cancellationToken)).TakeLast(5) : [];
        throw new PostgresStartException($"{program} failed with exit code {exitCode}: {string.Join(' ', [output, .. log])}");
    }
}
