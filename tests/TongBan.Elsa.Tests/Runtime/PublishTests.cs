using Dapper;
using Elsa.Persistence;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>An event that a workflow publishes reaches all that wait for it, once, whatever happens to the host after the commit.</summary>
public sealed class PublishTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Event_OfABurst_ReachesAllThatWaitAndLeavesNoRow()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Publisher("news"));
        await runtime.PublishAsync(Flows.Chart("news-reader", ["e=event:news", "z"], ["e>z"]));
        var readers = new[] { await WaitAsync(runtime, "news-reader"), await WaitAsync(runtime, "news-reader") };

        await runtime.StartAsync("news");

        foreach (var reader in readers)
            (await StatusAsync(reader)).ShouldBe("Finished");
        (await PublicationsAsync("news")).ShouldBe(0);
    }

    [Fact]
    public async Task Event_OfABurstThatIsUndone_IsNeverSent()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Publisher("unsaid"));
        await runtime.PublishAsync(Flows.Chart("unsaid-reader", ["e=event:unsaid", "z"], ["e>z"]));
        var reader = await WaitAsync(runtime, "unsaid-reader");

        await Should.ThrowAsync<InvalidOperationException>(() => InTransactionAsync(runtime, async (services, ct) =>
        {
            await RunAsync(services, "unsaid", ct);
            throw new InvalidOperationException("The request failed after the workflow had run.");
        }, CancellationToken.None));
        await SweepAsync(runtime);

        (await StatusAsync(reader)).ShouldBe("Suspended");
    }

    [Fact]
    public async Task Event_OfAnActivityThatFails_IsNeverSent()
    {
        await using var runtime = new TestRuntime(database.Source, elsa => elsa.AddActivity<SayAndFail>());
        await runtime.PublishAsync(Flows.Chart("failed", ["a=Test.SayAndFail:said"], []));
        await runtime.PublishAsync(Flows.Chart("failed-reader", ["e=event:said", "z"], ["e>z"]));
        var reader = await WaitAsync(runtime, "failed-reader");

        (await runtime.StartAsync("failed")).SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
        await SweepAsync(runtime);

        (await StatusAsync(reader)).ShouldBe("Suspended");
    }

    [Fact]
    public async Task Host_DiesBetweenCommitAndSending_AnotherSendsOnce()
    {
        await using var dying = new TestRuntime(database.Source);
        await dying.PublishAsync(Publisher("last-words"));
        await dying.PublishAsync(Flows.Chart("heir", ["e=event:last-words", "z", "f=event:never"], ["e>z", "z>f"]));
        var heirs = new[] { await WaitAsync(dying, "heir"), await WaitAsync(dying, "heir") };

        await DieAfterCommitAsync(dying, "last-words");

        (await SubStatusOfAsync("last-words")).ShouldBe("Finished");
        (await PublicationsAsync("last-words")).ShouldBe(1);
        (await CountAsync("select count(*)::int from elsa.executions where instance_id = any(@heirs) and activity_id = 'z'", new { heirs })).ShouldBe(0);

        var others = Enumerable.Range(0, 4).Select(_ => new TestRuntime(database.Source)).ToList();
        var sent = await Task.WhenAll(others.Select(SweepAsync));
        (await SweepAsync(others[0])).ShouldBe(0);
        foreach (var other in others)
            await other.DisposeAsync();

        sent.Sum().ShouldBe(1);
        (await PublicationsAsync("last-words")).ShouldBe(0);
        foreach (var heir in heirs)
            (await CountAsync("select count(*)::int from elsa.executions where instance_id = @heir and activity_id = 'z'", new { heir })).ShouldBe(1);
    }

    [Fact]
    public async Task Connection_DiesWhileSending_TheSweepSendsOnce()
    {
        Die.Runs = 0;
        await using var runtime = new TestRuntime(database.Source, elsa => elsa.AddActivity<Die>());
        await runtime.PublishAsync(Publisher("relay"));
        await runtime.PublishAsync(Flows.Chart("relay-reader", ["e=event:relay", "c=js:setN(getN() + 1)", "d=Test.Die:", "f=event:never"], ["e>c", "c>d", "d>f"]));
        var reader = await WaitAsync(runtime, "relay-reader");

        await runtime.StartAsync("relay");
        (await PublicationsAsync("relay")).ShouldBe(1);
        (await SweepAsync(runtime)).ShouldBe(1);

        Die.Runs.ShouldBe(2);
        (await PublicationsAsync("relay")).ShouldBe(0);
        (await CountAsync("select count(*)::int from elsa.executions where instance_id = @reader and activity_id = 'c'", new { reader })).ShouldBe(1);
    }

    [Fact]
    public async Task Child_DispatchedByAHostThatDies_RunsOnce()
    {
        await using var dying = new TestRuntime(database.Source);
        await dying.PublishAsync(Flows.Chart("orphan", ["z"], []));
        await dying.PublishAsync(Chart("parent", [Activity("d", "Elsa.DispatchWorkflow", ("workflowDefinitionId", Literal("orphan")), ("waitForCompletion", Literal(true))), Write("after")], ["d>after"]));

        await DieAfterCommitAsync(dying, "parent");
        (await SubStatusOfAsync("orphan")).ShouldBe("Pending");

        await using var other = new TestRuntime(database.Source);
        await other.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await SubStatusOfAsync("orphan")).ShouldBe("Finished");
        (await SubStatusOfAsync("parent")).ShouldBe("Finished");
    }

    [Fact]
    public async Task Event_ThatNobodyHears_WaitsItsTimeFromTheSending()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Publisher("echo"));
        await runtime.PublishAsync(Flows.Chart("echo-reader", ["e=event:echo", "z"], ["e>z"]));
        await DieAfterCommitAsync(runtime, "echo");
        runtime.Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync(runtime);

        runtime.Time.Advance(TimeSpan.FromMinutes(9));

        (await StatusAsync((await runtime.StartAsync("echo-reader")).WorkflowInstanceId)).ShouldBe("Finished");
    }

    private static string Publisher(string name) => Chart(name, [Activity("p", "Elsa.PublishEvent", ("eventName", Literal(name)))], []);

    private static async Task<string> WaitAsync(TestRuntime runtime, string definitionId)
    {
        var started = await runtime.StartAsync(definitionId);
        started.SubStatus.ShouldBe(WorkflowSubStatus.Suspended);
        return started.WorkflowInstanceId;
    }

    private static Task<int> SweepAsync(TestRuntime runtime) =>
        runtime.InScopeAsync(services => services.GetRequiredService<StimulusSweep>().RunAsync(100, TestContext.Current.CancellationToken));

    /// <summary>Runs a workflow in a host that stops right after the commit: nothing that was to follow it is done.</summary>
    private static async Task DieAfterCommitAsync(TestRuntime runtime, string definitionId)
    {
        using var death = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => InTransactionAsync(runtime, async (services, ct) =>
        {
            services.GetRequiredService<DatabaseSession>().AfterCommit(async _ =>
            {
                await death.CancelAsync();
                death.Token.ThrowIfCancellationRequested();
            });
            await RunAsync(services, definitionId, ct);
        }, death.Token));
    }

    private static Task InTransactionAsync(TestRuntime runtime, Func<IServiceProvider, CancellationToken, Task> work, CancellationToken ct) => runtime.InScopeAsync(async services =>
    {
        await services.GetRequiredService<DatabaseSession>().InTransactionAsync(token => work(services, token), ct);
        return true;
    });

    private static async Task RunAsync(IServiceProvider services, string definitionId, CancellationToken ct)
    {
        var client = await services.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(ct);
        await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest { WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId(definitionId) }, ct);
    }

    private async Task<string> StatusAsync(string id) => (await ScalarAsync<string>("select sub_status from elsa.instances where id = @id", new { id }))!;

    private async Task<string> SubStatusOfAsync(string definitionId) => (await ScalarAsync<string>("select sub_status from elsa.instances where definition_id = @definitionId", new { definitionId }))!;

    private Task<int> PublicationsAsync(string name) => CountAsync("select count(*)::int from elsa.publications where hash = @hash", new { hash = global::Elsa.Execution.StimulusHash.Of("Elsa.Event", new global::Elsa.Workflows.Runtime.Stimuli.EventStimulus(name)) });

    private Task<int> CountAsync(string sql, object parameters) => ScalarAsync<int>(sql, parameters);

    private async Task<T?> ScalarAsync<T>(string sql, object parameters)
    {
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    /// <summary>Publishes an event and fails.</summary>
    [Activity("Test", "Test")]
    public sealed class SayAndFail : CodeActivity
    {
        public Input<string> Value { get; set; } = null!;

        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            await context.GetRequiredService<IEventPublisher>().PublishAsync(context.Get(Value)!, asynchronous: true, cancellationToken: context.CancellationToken);
            throw new InvalidOperationException("Something else went wrong.");
        }
    }

    /// <summary>Its connection is cut the first time it runs.</summary>
    [Activity("Test", "Test")]
    public sealed class Die : CodeActivity
    {
        internal static int Runs { get; set; }

        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            if (++Runs == 1)
                await context.GetRequiredService<NpgsqlConnection>().ExecuteAsync("select pg_terminate_backend(pg_backend_pid())");
        }
    }
}
