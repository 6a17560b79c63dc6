using System.Text.Json.Nodes;
using Dapper;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

public sealed class ChildTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Output_ThatAnActivityInsideADefinitionIsBoundTo_ReachesTheOneThatUsesIt()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Child("inner", "Inner", Json.Activity("j", "Elsa.RunJavaScript", ("script", Json.Literal("return 'deep'")), ("result", ToOutput("Found")))));
        await runtime.PublishAsync(Child("middle", "Middle", Json.Activity("i", "Inner", ("found", ToOutput("Found")))));
        await runtime.PublishAsync(Json.Chart("outer", [Json.Activity("m", "Middle", ("found", Json.To("X"))), Yield("getX() + '!'")], ["m>o"], ["X"]));

        (await runtime.StartAsync("outer")).Output!["Y"].ShouldBe("deep!");
    }

    [Fact]
    public async Task ExecuteWorkflow_AnswersAScriptByEitherSpellingOfAMember()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Json.Chart("answering", [Yield("42")], []));
        var call = Json.Activity("e", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Json.Literal("answering")), ("waitForCompletion", Json.Literal(true)), ("result", Json.To("R")));
        await runtime.PublishAsync(Json.Chart("asking", [call, Yield("`${getR().output.Y} ${getR().Output.Y} ${Object.keys(getR()).includes('output')}`")], ["e>o"], ["R"]));

        (await runtime.StartAsync("asking")).Output!["Y"].ShouldBe("42 42 false");
    }

    [Fact]
    public async Task Child_KnowsItsParentByAProperty()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("young", ["a"], []));
        await runtime.PublishAsync(Json.Chart("old", [Json.Activity("e", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", Json.Literal("young")))], []));

        var parent = await runtime.StartAsync("old");
        var child = await runtime.InScopeAsync(async services =>
        {
            var session = services.GetRequiredService<DatabaseSession>();
            var id = await session.InTransactionAsync(ct => session.Connection.QuerySingleAsync<string>("select id from elsa.instances where parent_id = @id", new { id = parent.WorkflowInstanceId }), CancellationToken.None);
            return await (await services.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(id)).ExportStateAsync();
        });

        child.Properties["ParentInstanceId"].ShouldBe(parent.WorkflowInstanceId);
        child.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    private static string Child(string definitionId, string name, JsonObject activity)
    {
        var model = JsonNode.Parse(Json.Chart(definitionId, [activity], [], options: new JsonObject { ["usableAsActivity"] = true }))!.AsObject();
        model["name"] = name;
        model["outputs"] = new JsonArray(new JsonObject { ["name"] = "Found", ["type"] = "String" });
        return model.ToJsonString();
    }

    private static JsonObject ToOutput(string name) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = name } };

    private static JsonObject Yield(string script) => Json.Activity("o", "Elsa.SetOutput", ("outputName", Json.Literal("Y")), ("outputValue", Json.Script(script)));
}
