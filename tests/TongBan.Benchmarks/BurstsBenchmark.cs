using System.Diagnostics;
using System.Runtime;
using Elsa.Definitions;
using Elsa.Extensions;
using Elsa.Persistence;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TongBan.Postgres;

namespace TongBan.Benchmarks;

/// <summary>
/// Durable bursts: a flowchart of five activities with one bookmark, started and resumed on PostgreSQL with fsync on, beside a
/// transaction that updates one row and inserts one, on as many connections; with few and with many instances stored.
/// </summary>
internal static class BurstsBenchmark
{
    private const int Connections = 16;

    /// <summary>The two are measured in turn, because a machine is not equally fast all the time.</summary>
    private const int Rounds = 5;

    private const int MostWarmUps = 20;

    /// <summary>Compiled in a round of the warm-up, they say that it is over.</summary>
    private const int FewMethods = 25;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    private static readonly int[] Sizes = [1_000, 100_000, 1_000_000];

    public static async Task<int> RunAsync(int most)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tongban-benchmark-" + Guid.NewGuid().ToString("N"));
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var server = await PrivatePostgres.StartAsync(new() { DataDirectory = folder });
            var serverTime = new ServerTime(folder);
            if (ElsaMigrations.Run(server.ConnectionString) is { Successful: false } failed)
                throw failed.Error;
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, MaxPoolSize = Connections * 2, NoResetOnClose = true }.ConnectionString);
            await using var services = Services(source);
            await InScopeAsync(services, scope => scope.GetRequiredService<DefinitionImport>().ImportAsync(Definition, CancellationToken.None));
            await ManyInstances.PrepareAsync(source);
            await FloorAsync(source);
            await WarmUpAsync(services);
            foreach (var size in Sizes.Where(size => size <= most))
            {
                await ManyInstances.FillAsync(source, size, () => StartAsync(services));
                var (floors, bursts, here, there) = (0.0, 0.0, 0.0, (double?)0.0);
                for (var round = 0; round < Rounds; round++)
                {
                    floors += await FloorAsync(source) / Rounds;
                    var before = Spent(serverTime);
                    bursts += await RateAsync(i => BurstAsync(services, $"{size}-{round}-{i}")) * 2 / Rounds;
                    var after = Spent(serverTime);
                    (here, there) = (here + after.Client - before.Client, there + after.Server - before.Server);
                }

                var all = bursts * Rounds * Time.TotalSeconds;
                Console.WriteLine($"{size,9:N0} instances stored: {bursts:N0} bursts/s; floor {floors:N0} commits/s; ratio {bursts / floors:0.00} (goal: at least 0.50)");
                Console.WriteLine($"          processor time of a burst: {here / all * 1e6:N0} µs here, {there / all * 1e6:N0} µs in PostgreSQL");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Until the code is compiled for good: a host runs for weeks, and its first seconds say nothing.</summary>
    private static async Task WarmUpAsync(IServiceProvider services)
    {
        for (var round = 0; round < MostWarmUps; round++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            await RateAsync(i => BurstAsync(services, $"warm-up-{round}-{i}"));
            if (JitInfo.GetCompiledMethodCount() - compiled < FewMethods)
                return;
        }
    }

    private static (double Client, double? Server) Spent(ServerTime server) => (Environment.CpuUsage.TotalTime.TotalSeconds, server.Read());

    /// <summary>Commits per second of the floor.</summary>
    private static async Task<double> FloorAsync(NpgsqlDataSource source)
    {
        var worker = 0;
        return await RateAsync(async i =>
        {
            var row = Interlocked.Increment(ref worker) % Connections;
            await using var connection = await source.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand("update floor set n = n + 1 where id = $1") { Parameters = { new() { Value = row } } },
                    new NpgsqlBatchCommand("insert into entries (n) values ($1)") { Parameters = { new() { Value = i } } },
                },
            };
            await batch.ExecuteNonQueryAsync();
        });
    }

    /// <summary>How often a second all workers together get something done.</summary>
    private static async Task<double> RateAsync(Func<int, Task> act)
    {
        var done = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < Time)
                await act(Interlocked.Increment(ref done));
        })));
        return done / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Two bursts: to the bookmark, and from it to the end.</summary>
    private static async Task BurstAsync(IServiceProvider services, string correlation)
    {
        var instance = await StartAsync(services, correlation);
        await InScopeAsync(services, async scope =>
        {
            await scope.GetRequiredService<IEventPublisher>().PublishAsync("go", workflowInstanceId: instance);
            return true;
        });
    }

    private static Task<string> StartAsync(IServiceProvider services, string? correlation = null) => InScopeAsync(services, async scope =>
    {
        var client = await scope.GetRequiredService<IWorkflowRuntime>().CreateClientAsync();
        await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest
        {
            WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId("bursts"),
            CorrelationId = correlation,
        });
        return client.WorkflowInstanceId;
    });

    private static async Task<T> InScopeAsync<T>(IServiceProvider services, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    private static ServiceProvider Services(NpgsqlDataSource source)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddScoped(_ => source.CreateConnection());
        services.AddElsaRuntime();
        return services.BuildServiceProvider();
    }

    private const string Definition =
        """
        {
          "definitionId": "bursts", "name": "bursts",
          "root": {
            "id": "flow", "type": "Elsa.Flowchart",
            "activities": [
              { "id": "a", "type": "Elsa.SetName", "value": { "typeName": "String", "expression": { "type": "Literal", "value": "a" } } },
              { "id": "b", "type": "Elsa.SetName", "value": { "typeName": "String", "expression": { "type": "Literal", "value": "b" } } },
              { "id": "wait", "type": "Elsa.Event", "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "go" } } },
              { "id": "c", "type": "Elsa.SetName", "value": { "typeName": "String", "expression": { "type": "Literal", "value": "c" } } },
              { "id": "d", "type": "Elsa.SetName", "value": { "typeName": "String", "expression": { "type": "Literal", "value": "d" } } }
            ],
            "connections": [
              { "source": { "activity": "a", "port": "Done" }, "target": { "activity": "b", "port": "In" } },
              { "source": { "activity": "b", "port": "Done" }, "target": { "activity": "wait", "port": "In" } },
              { "source": { "activity": "wait", "port": "Done" }, "target": { "activity": "c", "port": "In" } },
              { "source": { "activity": "c", "port": "Done" }, "target": { "activity": "d", "port": "In" } }
            ]
          }
        }
        """;
}
