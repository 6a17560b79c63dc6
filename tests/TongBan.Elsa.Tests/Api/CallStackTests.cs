using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Api;

/// <summary>The viewer's call stack says who started a child, and who started its parent.</summary>
public sealed class CallStackTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Elsa.ExecuteWorkflow")]
    [InlineData("Elsa.DispatchWorkflow")]
    [InlineData("Elsa.BulkDispatchWorkflows")]
    public async Task CallStack_OfAChild_GoesOnInItsParent(string type)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var name = type.Split('.')[1];
        await client.SaveAsync(Chart($"{name}-child", [Write("a"), Activity("wait", "Elsa.Event", ("eventName", Literal("go")))], ["a>wait"]));
        await client.SaveAsync(Chart($"{name}-parent", [Activity("call", type, ("workflowDefinitionId", Literal($"{name}-child")), ("items", Expression("Object", "[1]")))], []));
        var parent = (await client.SendAsync($"workflow-definitions/{name}-parent/execute", new { })).GetProperty("workflowState").GetProperty("id").GetString()!;
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        var child = await connection.QuerySingleAsync<string>("select id from elsa.instances where parent_id = @parent", new { parent });
        var waiting = await connection.QuerySingleAsync<string>("select id from elsa.executions where instance_id = @child and activity_id = 'wait'", new { child });
        await client.SendAsync("events/go/trigger", new { workflowInstanceId = child });

        var all = await StackAsync(client, waiting, "?includeCrossWorkflowChain=True&skip=0&take=50");
        var own = await StackAsync(client, waiting, "?includeCrossWorkflowChain=False");

        all.Select(item => (Text(item, "workflowInstanceId"), Text(item, "activityId"))).ShouldBe(
            [(parent, "Workflow1"), (parent, "flow"), (parent, "call"), (child, "Workflow1"), (child, "flow"), (child, "a"), (child, "wait")]);
        all.Select(item => Text(item, "schedulingWorkflowInstanceId")).ShouldBe([null, null, null, parent, null, null, null]);
        own.Select(item => Text(item, "activityId")).ShouldBe(["Workflow1", "flow", "a", "wait"]);
    }

    private static string? Text(JsonNode? item, string name) => item![name]?.GetValue<string>();

    private static async Task<JsonArray> StackAsync(HttpClient client, string id, string query) =>
        (await client.GetFromJsonAsync<JsonNode>($"activity-executions/{id}/call-stack{query}", Cancellation))!["items"]!.AsArray();
}
