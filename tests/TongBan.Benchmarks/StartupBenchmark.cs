using System.Diagnostics;
using Npgsql;
using TongBan.Host.Demo;
using TongBan.Host.Start;
using TongBan.Postgres;
using TongBan.Testing;

namespace TongBan.Benchmarks;

/// <summary>The start of a host whose database holds very many cases in progress, each with a timer that is not due.</summary>
internal static class StartupBenchmark
{
    private const string Timers =
        """
        insert into elsa.timers (id, instance_id, bookmark_id, due_at)
        select distinct on (instance_id) id, instance_id, id, now() + interval '30 days' from elsa.bookmarks where instance_id like 'copy%' order by instance_id, id
        """;

    public static async Task<int> RunAsync(int count)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tongban-benchmark-" + Guid.NewGuid().ToString("N"));
        try
        {
            Console.WriteLine(Machine.Describe());
            Console.WriteLine($"ready with no case:                        {await StartAsync(folder, OpenOneAsync):0.0} s (the first start, which also makes the database)");
            Console.WriteLine($"ready with one case:                       {await StartAsync(folder):0.0} s");
            await FillAsync(folder, count);
            Console.WriteLine($"ready with {count:N0} waiting, a timer each: {await StartAsync(folder):0.0} s (goal: at most 10)");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> StartAsync(string folder, Func<string, Task>? then = null)
    {
        var started = Stopwatch.GetTimestamp();
        await using var host = HostProcess.Start(typeof(Startup).Assembly.Location, "--environment=Development", "--urls=http://127.0.0.1:0", $"--TongBan:DataDirectory={folder}");
        var address = await host.ReadyAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (then is not null)
            await then(address);
        await host.TerminateAsync();
        return seconds;
    }

    private static async Task OpenOneAsync(string address)
    {
        using var clerk = new DemoPerson(address, "clerk.city");
        await clerk.SignInAsync();
        await DemoCase.OfEachMode()[0].OpenAsync(clerk);
    }

    private static async Task FillAsync(string folder, int count)
    {
        await using var server = await PrivatePostgres.StartAsync(new() { DataDirectory = Path.Combine(folder, "postgres") });
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var original = source.CreateCommand("select id from elsa.instances limit 1");
        var instance = (string)(await original.ExecuteScalarAsync())!;
        await ManyInstances.FillAsync(source, count, () => Task.FromResult(instance));
        await using var timers = source.CreateCommand(Timers);
        timers.CommandTimeout = 0;
        var set = await timers.ExecuteNonQueryAsync();
        Console.WriteLine($"filled:                                    {count:N0} suspended instances, {set:N0} pending timers");
    }
}
