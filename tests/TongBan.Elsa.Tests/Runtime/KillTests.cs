using System.Diagnostics;
using Dapper;
using Elsa.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>kill -9 while workflows publish events: what was committed is heard, once.</summary>
public sealed class KillTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private const int Kills = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publisher_KilledWhileItPublishes_IsHeardOnceForEachCommit()
    {
        await using var survivor = new TestRuntime(database.Source);
        await survivor.PublishAsync(Chart(PublisherProcess.Definition, [Activity("p", "Elsa.PublishEvent", ("eventName", Literal("tick")))], []));
        await survivor.PublishAsync(Chart("hearer", [Starting(Activity("e", "Elsa.Event", ("eventName", Literal("tick")))), Write("heard")], ["e>heard"]));
        var random = new Random(20261126);
        var left = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var publisher = Start();
            await BecomesAsync(await CountAsync(PublisherProcess.Definition) + random.Next(5, 60), publisher);
            publisher.Kill();
            await publisher.WaitForExitAsync(Cancellation);
            await ConnectionsEndAsync();
            left += await survivor.InScopeAsync(services => services.GetRequiredService<StimulusSweep>().RunAsync(100, Cancellation));
        }

        left.ShouldBePositive("With eight at work some are always between their commit and the sending.");
        (await CountAsync("hearer")).ShouldBe(await CountAsync(PublisherProcess.Definition));
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.publications")).ShouldBe(0);
    }

    private Process Start()
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [typeof(KillTests).Assembly.Location, "-explicit", "only", "-class", typeof(PublisherProcess).FullName!])
            {
                Environment = { [PublisherProcess.Database] = database.ConnectionString },
                RedirectStandardOutput = true,
                UseShellExecute = false,
            },
        };
        process.OutputDataReceived += (_, _) => { }; // Read, so that it does not stop at a full pipe.
        process.Start();
        process.BeginOutputReadLine();
        return process;
    }

    private async Task BecomesAsync(int count, Process publisher)
    {
        while (await CountAsync(PublisherProcess.Definition) < count)
            publisher.HasExited.ShouldBeFalse("The publisher ends only when it is killed.");
    }

    /// <summary>PostgreSQL may still be at what the process had sent.</summary>
    private async Task ConnectionsEndAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        while (await connection.ExecuteScalarAsync<bool>("select exists (select 1 from pg_stat_activity where application_name = @name and datname = current_database())", new { name = PublisherProcess.Definition }))
        {
        }
    }

    private async Task<int> CountAsync(string definitionId)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances where definition_id = @definitionId and sub_status = 'Finished'", new { definitionId });
    }
}

/// <summary>The process that is killed: it runs workflows that publish, eight at a time, and never ends by itself.</summary>
public sealed class PublisherProcess
{
    internal const string Definition = "ticker";
    internal const string Database = "ELSA_KILL_DATABASE";

    [Fact(Explicit = true)]
    public async Task Publish_UntilKilled()
    {
        var database = Environment.GetEnvironmentVariable(Database) ?? throw new InvalidOperationException($"{Database} names no database.");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { ApplicationName = Definition }.ConnectionString);
        await using var runtime = new TestRuntime(source, services: services => services.AddSingleton(TimeProvider.System));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (true)
                await runtime.StartAsync(Definition);
        }));
    }
}
