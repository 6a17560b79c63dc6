using System.Diagnostics;
using System.Text.Json;
using Elsa.Definitions;
using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;

namespace TongBan.Benchmarks;

/// <summary>The engine by itself, on one thread, without a database: activities per second and what each allocates.</summary>
internal static class EngineBenchmark
{
    private const int Rounds = 20;
    private const int PerRun = 1_000;

    /// <summary>Runs of each round, so that a round takes a while.</summary>
    private const int Runs = 50;

    public static async Task<int> RunAsync()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddElsaRuntime();
        await using var provider = services.BuildServiceProvider();
        Console.WriteLine(Machine.Describe());
        await MeasureAsync(provider, "sequence of activities", SequenceOf(PerRun));
        await MeasureAsync(provider, "flowchart, in a line", FlowchartOf(PerRun));
        return 0;
    }

    private static async Task MeasureAsync(IServiceProvider services, string what, string json)
    {
        var graph = new WorkflowGraph(
            services.GetRequiredService<DefinitionJson>().Read(JsonDocument.Parse(json).RootElement), services.GetRequiredService<ActivityRegistry>().DescriptorOf);
        await RunAsync(services, graph);
        var rates = new List<double>();
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var run = 0; run < Runs; run++)
            {
                var execution = RunAsync(services, graph);
                if (!execution.IsCompletedSuccessfully)
                    await execution;
            }

            rates.Add(Runs * PerRun / Stopwatch.GetElapsedTime(started).TotalSeconds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (Runs * PerRun);
        }

        rates.Sort();
        Console.WriteLine($"{what}: {rates[Rounds / 2]:N0} activities/s in the median round, {rates[0]:N0} in the slowest, {bytes:N0} bytes each (goal: at least 200,000)");
    }

    private static async Task RunAsync(IServiceProvider services, WorkflowGraph graph)
    {
        var workflow = new WorkflowExecutionContext(services, graph, "engine", TimeProvider.System, CancellationToken.None);
        await Burst.StartAsync(workflow);
        if (workflow.SubStatus != WorkflowSubStatus.Finished)
            throw new InvalidOperationException($"The workflow ended as {workflow.SubStatus}.");
    }

    private static string SequenceOf(int count) => JsonSerializer.Serialize(new
    {
        definitionId = "engine",
        root = new { id = "s", type = "Elsa.Sequence", activities = Steps(count) },
    });

    private static string FlowchartOf(int count) => JsonSerializer.Serialize(new
    {
        definitionId = "engine",
        root = new
        {
            id = "f",
            type = "Elsa.Flowchart",
            activities = Steps(count),
            connections = Enumerable.Range(1, count - 1).Select(i => new { source = new { activity = $"a{i - 1}", port = "Done" }, target = new { activity = $"a{i}", port = "In" } }),
        },
    });

    /// <summary>Each names the instance, which evaluates one input and stores one value.</summary>
    private static IEnumerable<object> Steps(int count) => Enumerable.Range(0, count).Select(i => new
    {
        id = $"a{i}",
        type = "Elsa.SetName",
        value = new { typeName = "String", expression = new { type = "Literal", value = "n" } },
    });
}
