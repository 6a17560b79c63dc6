using Dapper;
using Elsa.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

public sealed class StimulusTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Event_BeforeTheInstanceWaits_IsDeliveredWhenItDoes()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("early", ["a=event:early-1", "b=event:early-2", "z"], ["a>b", "b>z"]));
        var id = (await runtime.StartAsync("early")).WorkflowInstanceId;

        await runtime.EventAsync("early-2", instanceId: id);
        (await StatusAsync(runtime, id)).ShouldBe("Suspended");
        await runtime.EventAsync("early-1", instanceId: id);

        (await StatusAsync(runtime, id)).ShouldBe("Finished");
    }

    [Fact]
    public async Task Event_ThatNothingWaitsFor_IsForgottenAfterItsTime()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("late", ["a=event:late-1", "z"], ["a>z"]));
        await runtime.EventAsync("late-1");

        runtime.Time.Advance(TimeSpan.FromMinutes(11));
        var id = (await runtime.StartAsync("late")).WorkflowInstanceId;

        (await StatusAsync(runtime, id)).ShouldBe("Suspended");
    }

    [Fact]
    public async Task Event_NamingAnotherInstance_DoesNotPassThisOne()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("own", ["a=event:own-1", "z"], ["a>z"]));
        var first = (await runtime.StartAsync("own")).WorkflowInstanceId;
        var second = (await runtime.StartAsync("own")).WorkflowInstanceId;

        await runtime.EventAsync("own-1", instanceId: second);

        (await StatusAsync(runtime, first)).ShouldBe("Suspended");
        (await StatusAsync(runtime, second)).ShouldBe("Finished");
    }

    [Fact]
    public async Task Event_SentByManyAtOnce_IsTakenOnce()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("race", ["a=event:race-1", "c=js:setN(getN() + 1)", "b=event:race-2"], ["a>c", "c>b"]));
        var id = (await runtime.StartAsync("race")).WorkflowInstanceId;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => runtime.EventAsync("race-1", instanceId: id)));

        (await CountAsync("select count(*)::int from elsa.executions where instance_id = @id and activity_id = 'c'", id)).ShouldBe(1);
        (await StatusAsync(runtime, id)).ShouldBe("Suspended");
    }

    [Fact]
    public async Task Event_RacingTheBookmarkItIsMeantFor_IsNeverLost()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("never", ["a=event:never-1", "b=event:never-2", "z"], ["a>b", "b>z"]));
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
            ids.Add((await runtime.StartAsync("never")).WorkflowInstanceId);

        await Task.WhenAll(ids.SelectMany(id => new[] { runtime.EventAsync("never-1", instanceId: id), runtime.EventAsync("never-2", instanceId: id) }));

        foreach (var id in ids)
            (await StatusAsync(runtime, id)).ShouldBe("Finished");
    }

    [Fact]
    public async Task Sweep_StimulusLeftBehindByADeadHost_IsDelivered()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("swept", ["a=event:swept-1", "z"], ["a>z"]));
        var id = (await runtime.StartAsync("swept")).WorkflowInstanceId;
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            "insert into elsa.stimuli (hash, instance_id, created_at, expires_at) select hash, instance_id, @now, @now + interval '1 day' from elsa.bookmarks where instance_id = @id",
            new { id, now = runtime.Time.GetUtcNow().UtcDateTime });

        var delivered = await runtime.InScopeAsync(services => services.GetRequiredService<StimulusSweep>().RunAsync(100, CancellationToken.None));

        delivered.ShouldBePositive("Another test of this class may have left one too.");
        (await StatusAsync(runtime, id)).ShouldBe("Finished");
    }

    private async Task<string> StatusAsync(TestRuntime runtime, string id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<string>("select sub_status from elsa.instances where id = @id", new { id }))!;
    }

    private async Task<int> CountAsync(string sql, string id)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { id });
    }
}
