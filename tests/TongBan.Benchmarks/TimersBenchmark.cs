using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Elsa.Definitions;
using Elsa.Extensions;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TongBan.Host.Start;
using TongBan.Postgres;
using TongBan.Testing;

namespace TongBan.Benchmarks;

/// <summary>
/// Timers at work: very many that are not due, ten thousand that come due within a minute, three hosts as processes on one
/// PostgreSQL with fsync on, one of which is killed half-way.
/// </summary>
internal static class TimersBenchmark
{
    private const int Due = 10_000;
    private const int Starters = 16;
    private const int Hosts = 3;
    private const double GoalSeconds = 5;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(int pending)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tongban-benchmark-" + Guid.NewGuid().ToString("N"));
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var server = await PrivatePostgres.StartAsync(new() { DataDirectory = Path.Combine(folder, "postgres") });
            await using (var first = Start(server, folder, key, 0))
            {
                await first.ReadyAsync();
                await first.TerminateAsync();
            }

            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = Starters * 2 }.ConnectionString);
            await FillAsync(source, pending);
            var hosts = new List<HostProcess>();
            for (var number = 1; number <= Hosts; number++)
            {
                var started = Stopwatch.GetTimestamp();
                hosts.Add(Start(server, folder, key, number));
                await hosts[^1].ReadyAsync();
                Console.WriteLine($"host {number} ready with {pending + Due:N0} pending timers: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s (goal: at most 10)");
            }

            await ArmAsync(source);
            await Task.Delay(Minute / 2);
            await hosts[1].KillAsync();
            Console.WriteLine($"half-way, one host killed:  {await CountAsync(source, "select count(*) from armed a join elsa.instances i on i.id = a.instance_id where i.status = 'Finished'"):N0} of {Due:N0} fired");
            await WaitAsync(source);
            await ReportAsync(source);
            foreach (var host in hosts)
                await host.DisposeAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HostProcess Start(PrivatePostgres server, string folder, string key, int number) => HostProcess.Start(
        typeof(Startup).Assembly.Location, "--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:TongBan={server.ConnectionString}",
        $"--TongBan:Keys:Master={key}", $"--TongBan:DataDirectory={Path.Combine(folder, "host" + number.ToString(CultureInfo.InvariantCulture))}");

    /// <summary>Instances that wait for a delay, as the runtime stores them; and copies of one of them that stay as they are.</summary>
    private static async Task FillAsync(NpgsqlDataSource source, int pending)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddScoped(_ => source.CreateConnection());
        services.AddElsaRuntime();
        await using var provider = services.BuildServiceProvider();
        await InScopeAsync(provider, scope => scope.GetRequiredService<DefinitionImport>().ImportAsync(Definition, CancellationToken.None));
        await ManyInstances.FillAsync(source, pending, () => StartAsync(provider));
        await RunSqlAsync(source, "insert into elsa.timers (id, instance_id, bookmark_id, due_at) select id, instance_id, id, now() + interval '30 days' from elsa.bookmarks where instance_id like 'copy%'");
        await RunSqlAsync(source, "create table armed (instance_id text primary key, due_at timestamptz)");
        await Parallel.ForEachAsync(Enumerable.Range(0, Due), new ParallelOptions { MaxDegreeOfParallelism = Starters }, async (_, ct) =>
        {
            var instance = await StartAsync(provider);
            await using var insert = source.CreateCommand("insert into armed (instance_id) values ($1)");
            insert.Parameters.Add(new() { Value = instance });
            await insert.ExecuteNonQueryAsync(ct);
        });
        await RunSqlAsync(source, "analyze elsa.timers");
    }

    /// <summary>Lets the timers come due one after the other, evenly over the next minute.</summary>
    private static async Task ArmAsync(NpgsqlDataSource source)
    {
        await RunSqlAsync(source, string.Create(CultureInfo.InvariantCulture, $"""
            update armed set due_at = clock_timestamp() + interval '3 seconds' + (row.n * interval '{Minute.TotalSeconds} seconds') / {Due}
            from (select instance_id, row_number() over () as n from armed) row where row.instance_id = armed.instance_id
            """));
        await RunSqlAsync(source, "update elsa.timers set due_at = armed.due_at from armed where armed.instance_id = elsa.timers.instance_id; select pg_notify('elsa_timers', '')");
    }

    private static async Task WaitAsync(NpgsqlDataSource source)
    {
        var started = Stopwatch.GetTimestamp();
        while (await CountAsync(source, "select count(*) from armed a join elsa.timers t on t.instance_id = a.instance_id") is > 0 and var left)
        {
            if (Stopwatch.GetElapsedTime(started) > Stuck)
                throw new InvalidOperationException($"{left} timers never fired.");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task ReportAsync(NpgsqlDataSource source)
    {
        var late = new List<double>();
        await using var command = source.CreateCommand("select extract(epoch from i.finished_at - a.due_at)::float8 * 1000 from armed a join elsa.instances i on i.id = a.instance_id where i.status = 'Finished'");
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                late.Add(reader.GetDouble(0));
        }

        var twice = await CountAsync(source, "select count(*) from (select 1 from armed a join elsa.journal j on j.instance_id = a.instance_id where j.event = 'Resumed' group by a.instance_id having count(*) > 1) twice");
        Console.WriteLine($"fired:                      {late.Count:N0} of {Due:N0}, {twice} twice (goal: none)");
        Console.WriteLine($"lateness, {Due:N0} in a minute: {Percentiles.Of(late)}, most {late.Max():0.0} ms (goal: p99 at most {GoalSeconds:0} s)");
        Console.WriteLine($"later than {GoalSeconds:0} s:             {late.Count(ms => ms > GoalSeconds * 1000)}");
    }

    private static Task<string> StartAsync(IServiceProvider services) => InScopeAsync(services, async scope =>
    {
        var client = await scope.GetRequiredService<IWorkflowRuntime>().CreateClientAsync();
        await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest { WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId("timers") });
        return client.WorkflowInstanceId;
    });

    private static async Task<T> InScopeAsync<T>(IServiceProvider services, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    private static async Task RunSqlAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private const string Definition =
        """
        {
          "definitionId": "timers", "name": "timers",
          "root": {
            "id": "flow", "type": "Elsa.Flowchart",
            "activities": [
              { "id": "wait", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "30.00:00:00" } } },
              { "id": "then", "type": "Elsa.SetName", "value": { "typeName": "String", "expression": { "type": "Literal", "value": "fired" } } }
            ],
            "connections": [ { "source": { "activity": "wait", "port": "Done" }, "target": { "activity": "then", "port": "In" } } ]
          }
        }
        """;
}
