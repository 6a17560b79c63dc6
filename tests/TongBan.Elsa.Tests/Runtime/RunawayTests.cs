using Dapper;
using Elsa.Workflows;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>A workflow that would never end by itself becomes an incident, and the host goes on.</summary>
public sealed class RunawayTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Loop_ThatNeverWaits_IsAnIncidentOfTheActivityWhereItIsStopped()
    {
        var run = await MemoryRun.StartAsync(Chart("endless", [Activity("a", "Elsa.SetName"), Activity("b", "Elsa.SetName")], ["a>b", "b>a"]));

        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
        var incident = run.Workflow.Incidents.ShouldHaveSingleItem();
        incident.ActivityId.ShouldBeOneOf("a", "b");
        incident.Message.ShouldBe($"250000 activities have run without a wait between them: '{incident.ActivityId}' is not run.");
    }

    [Theory]
    [InlineData("[NaN, Infinity, -Infinity]", "Suspended")]
    [InlineData("NaN", "Suspended")]
    [InlineData("new Uint8Array(1e9)", "Faulted")]
    public async Task Value_ThatJsonDoesNotHold_IsNotTheEndOfTheBurst(string script, string end)
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("odd-values", [Activity("odd", "Elsa.RunJavaScript", ("script", Literal(script))), Activity("wait", "Elsa.Event", ("eventName", Literal("never")))], ["odd>wait"]));

        (await runtime.StartAsync("odd-values")).SubStatus.ToString().ShouldBe(end);
    }

    [Fact]
    public async Task Workflow_ThatExecutesItself_IsStoppedAtAnIncidentOfTheInnermost()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("mirror", [Activity("again", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Literal("mirror")), ("waitForCompletion", Literal("true")))], []));

        await runtime.StartAsync("mirror");

        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances where definition_id = 'mirror'")).ShouldBe(33);
        (await connection.QueryAsync<string>("select sub_status from elsa.instances i where definition_id = 'mirror' and not exists (select from elsa.instances c where c.parent_id = i.id)")).ShouldBe(["Faulted"]);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances where definition_id = 'mirror' and sub_status = 'Finished'")).ShouldBe(32);
    }
}
