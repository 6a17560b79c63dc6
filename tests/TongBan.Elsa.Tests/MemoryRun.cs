using System.Text.Json;
using Elsa.Definitions;
using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;

namespace TongBan.Elsa.Tests;

/// <summary>An instance without a database: the engine by itself.</summary>
internal sealed class MemoryRun
{
    private static readonly ServiceProvider Services = Build();

    private MemoryRun(WorkflowExecutionContext workflow) => Workflow = workflow;

    public WorkflowExecutionContext Workflow { get; }

    /// <summary>The ids of the activities that were completed, in order.</summary>
    public string Completed => string.Join(' ', Workflow.Journal.Entries.Where(entry => entry.Event == "Completed" && entry.Context.NodeId.Contains(':')).Select(entry => entry.Context.Activity.Id));

    public static WorkflowGraph Compile(string json) =>
        new(Services.GetRequiredService<DefinitionJson>().Read(JsonDocument.Parse(json).RootElement), Services.GetRequiredService<ActivityRegistry>().DescriptorOf);

    public static WorkflowGraph Compile(IActivity root) => new(root as global::Elsa.Workflows.Activities.Workflow ?? new(root), Services.GetRequiredService<ActivityRegistry>().DescriptorOf);

    public static async Task<MemoryRun> StartAsync(WorkflowGraph graph)
    {
        var run = new MemoryRun(new WorkflowExecutionContext(Services, graph, "test", TimeProvider.System, CancellationToken.None));
        await Burst.StartAsync(run.Workflow);
        return run;
    }

    public static Task<MemoryRun> StartAsync(string json) => StartAsync(Compile(json));

    public async Task ResumeAsync(string activityId) =>
        await Burst.ResumeAsync(Workflow, Workflow.Bookmarks.First(bookmark => bookmark.ActivityId == activityId));

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddElsaRuntime();
        services.AddSingleton<IForeignGuard, NoGuard>();
        return services.BuildServiceProvider();
    }

    /// <summary>Activities of the tests write to no database.</summary>
    private sealed class NoGuard : IForeignGuard
    {
        public Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task EnterAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task UndoAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
