using System.Text.Json.Nodes;
using Dapper;
using Elsa.Workflows.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Elsa.Tests.Calls;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Runtime;

public sealed class BulkDispatchTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Children_AllFinished_RunTheirBranchesAndCompleteTheParentOnce()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("bulk-child", [Activity("n", "Elsa.SetName", ("value", Script("getInput('Item') == 3 ? nope.nope : 'item ' + getInput('Item')")))], []));
        await runtime.PublishAsync(Chart(
            "bulk",
            [
                Bulk("bulk-child", "[1,2,3]", ("correlationIdFunction", Script("'c' + getItem()")), ("childCompleted", Write("good")), ("childFaulted", Write("bad"))),
                Write("completed"), Write("canceled"), Write("done"),
            ],
            ["b.Completed>completed", "b.Canceled>canceled", "b.Done>done"]));

        await runtime.StartAsync("bulk");

        var written = (await database.CompletedAsync("bulk")).Split(' ');
        written[..3].ShouldBe(["good", "good", "bad"], ignoreOrder: true);
        written[3..].ShouldBe(["completed", "done"], ignoreOrder: true);
        (await ChildrenAsync("bulk-child", "name")).ShouldBe([null, "item 1", "item 2"], ignoreOrder: true);
        (await ChildrenAsync("bulk-child", "correlation_id")).ShouldBe(["c1", "c2", "c3"], ignoreOrder: true);
        (await ChildrenAsync("bulk", "sub_status")).ShouldBe(["Finished"]);
    }

    [Fact]
    public async Task Children_ThatWait_KeepTheParentWaiting_AndOneCancelledLeavesByCanceled()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("bulk-waiting", [Activity("e", "Elsa.Event", ("eventName", Literal("bulk-go")))], []));
        await runtime.PublishAsync(Chart("bulk-wait", [Bulk("bulk-waiting", "[1,2]"), Write("completed"), Write("canceled")], ["b.Completed>completed", "b.Canceled>canceled"]));
        await runtime.StartAsync("bulk-wait");
        var ids = await ChildrenAsync("bulk-waiting", "id");

        await runtime.EventAsync("bulk-go", instanceId: ids[0]);
        (await ChildrenAsync("bulk-wait", "sub_status")).ShouldBe(["Suspended"]);
        await runtime.InScopeAsync(async services =>
        {
            await (await services.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(ids[1])).CancelAsync();
            return true;
        });

        (await database.CompletedAsync("bulk-wait")).ShouldBe("canceled");
        (await ChildrenAsync("bulk-wait", "sub_status")).ShouldBe(["Finished"]);
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("[1,2]", false)]
    public async Task Parent_ThatHasNothingToWaitFor_IsDone(string items, bool waits)
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("bulk-any", [Write("x")], []));
        var id = "bulk-" + Guid.NewGuid().ToString("N");
        await runtime.PublishAsync(Chart(id, [Bulk("bulk-any", items, ("waitForCompletion", Literal(waits))), Write("completed"), Write("done")], ["b.Completed>completed", "b.Done>done"]));

        await runtime.StartAsync(id);

        (await database.CompletedAsync(id)).ShouldBe("done");
    }

    [Fact]
    public async Task Items_ThatAreMaps_BecomeTheInputsThemselves()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("bulk-map-child", [Activity("n", "Elsa.SetName", ("value", Script("getInput('who') + getInput('more')")))], []));
        await runtime.PublishAsync(Chart("bulk-map", [Bulk("bulk-map-child", """[{"who":"甲"},{"who":"乙"}]""", ("input", Expression("Object", """{"more":"!"}""")))], []));

        await runtime.StartAsync("bulk-map");

        (await ChildrenAsync("bulk-map-child", "name")).ShouldBe(["甲!", "乙!"], ignoreOrder: true);
    }

    private static JsonObject Bulk(string child, string items, params (string Name, JsonNode Value)[] members) =>
        Activity("b", "Elsa.BulkDispatchWorkflows", [("workflowDefinitionId", Literal(child)), ("items", Expression("Object", items)), .. members]);

    private async Task<string[]> ChildrenAsync(string definitionId, string column)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>($"select {column} from elsa.instances where definition_id = @definitionId order by created_at, id", new { definitionId })];
    }
}
