using Dapper;
using Elsa.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

public sealed class RetentionTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Run_DeletesWhatFinishedBeforeThatMomentAndNothingElse()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("ended", ["a"], []));
        await runtime.PublishAsync(Flows.Chart("open", ["a=event:never", "z"], ["a>z"]));
        var old = (await runtime.StartAsync("ended")).WorkflowInstanceId;
        var waiting = (await runtime.StartAsync("open")).WorkflowInstanceId;
        runtime.Time.Advance(TimeSpan.FromDays(40));
        var recent = (await runtime.StartAsync("ended")).WorkflowInstanceId;

        var deleted = await runtime.InScopeAsync(services => services.GetRequiredService<InstanceRetention>().RunAsync(runtime.Time.GetUtcNow().AddDays(-30), CancellationToken.None));

        deleted.ShouldBe(1);
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var left = (await connection.QueryAsync<string>("select id from elsa.instances")).ToList();
        left.ShouldBe([waiting, recent], ignoreOrder: true);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.journal where instance_id = @old", new { old })).ShouldBe(0);
    }
}
