using System.Net;
using System.Net.Sockets;
using TongBan.Host.Start;
using TongBan.Testing;

namespace TongBan.Benchmarks.Soak;

/// <summary>Two hosts on one database; one or the other is killed now and then, and started again at once.</summary>
internal sealed class SoakHosts(string folder, IReadOnlyList<string> settings) : IAsyncDisposable
{
    private readonly int[] _ports = [FreePort(), FreePort()];
    private readonly HostProcess?[] _hosts = new HostProcess?[2];
    private readonly List<string> _lastWords = [];
    private int _turn;

    public int Kills { get; private set; }

    /// <summary>One host's address after the other.</summary>
    public string Any() => AddressOf(Interlocked.Increment(ref _turn));

    /// <summary>The address of a host.</summary>
    public string AddressOf(int number) => $"http://127.0.0.1:{_ports[(number & int.MaxValue) % _ports.Length]}";

    public async Task StartAsync()
    {
        // One after the other: the first makes the tables and the keys.
        for (var number = 0; number < _hosts.Length; number++)
        {
            _hosts[number] = Start(number);
            await _hosts[number]!.ReadyAsync();
        }
    }

    /// <summary>Kills hosts at random moments until there is nothing left to disturb.</summary>
    public async Task KillAsync(Random random, SoakOptions options, CancellationToken end)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                var (shortest, longest) = options.BetweenKills;
                await Task.Delay(shortest + ((longest - shortest) * random.NextDouble()), end);
                var number = random.Next(_hosts.Length);
                await _hosts[number]!.KillAsync();
                Kills++;
                await _hosts[number]!.DisposeAsync();
                _hosts[number] = Start(number);
                await _hosts[number]!.ReadyAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // All cases have ended.
        }
    }

    /// <summary>Stops both as an operator does.</summary>
    /// <returns>Their exit codes.</returns>
    public async Task<IReadOnlyList<int>> TerminateAsync() => await Task.WhenAll(_hosts.Select(host => host!.TerminateAsync()));

    /// <summary>What a host wrote, for a soak that failed.</summary>
    public string Output => string.Join("\n---\n", _lastWords.Concat(_hosts.Select(host => host?.Output ?? "")));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            if (host is not null)
                await host.DisposeAsync();
        }
    }

    private HostProcess Start(int number) => HostProcess.Start(
        typeof(Startup).Assembly.Location, ["--environment=Development", $"--urls={AddressOf(number)}", $"--TongBan:DataDirectory={folder}", .. settings]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
