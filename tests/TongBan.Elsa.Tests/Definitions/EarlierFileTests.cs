using System.Text.Json.Nodes;
using Elsa.Workflows;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Definitions;

/// <summary>Files that earlier versions of the original wrote.</summary>
public sealed class EarlierFileTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Connections_ThatNameTheirEndsByIdAlone_AreFollowed()
    {
        var model = JsonNode.Parse(Flows.Chart("flat", ["d=if:true", "yes", "no"], []))!.AsObject();
        model["root"]!["connections"] = new JsonArray(Flat("d", "True", "yes"), Flat("d", "False", "no"));

        (await MemoryRun.StartAsync(model.ToJsonString())).Completed.ShouldBe("d yes flow");
    }

    [Fact]
    public async Task Lists_ThatASerializerWrapped_AreRead()
    {
        var model = JsonNode.Parse(Flows.Chart("wrapped", ["a", "b"], ["a>b"]))!.AsObject();
        foreach (var name in new[] { "activities", "connections" })
            model["root"]![name] = new JsonObject { ["$id"] = "1", ["$values"] = model["root"]![name]!.DeepClone() };

        (await MemoryRun.StartAsync(model.ToJsonString())).Completed.ShouldBe("a b flow");
    }

    [Fact]
    public async Task Definition_ThatSaysAtItsTopThatItIsAnActivity_IsOne()
    {
        await using var runtime = new TestRuntime(database.Source);
        var child = JsonNode.Parse(Flows.Chart("child", ["a"], []))!.AsObject();
        child.Remove("options");
        (child["name"], child["usableAsActivity"]) = ("EarlierChild", true);
        await runtime.PublishAsync(child.ToJsonString());
        await runtime.PublishAsync(Json.Chart("parent", [Json.Activity("c", "EarlierChild")], []));

        (await runtime.StartAsync("parent")).SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task FlowNode_RunsItsBody()
    {
        var node = Json.Activity("n", "Elsa.FlowNode", ("body", Json.Write("inside")));

        (await MemoryRun.StartAsync(Json.Chart("node", [node, Json.Write("after")], ["n>after"]))).Completed.ShouldBe("inside n after flow");
    }

    private static JsonObject Flat(string source, string port, string target) => new() { ["source"] = source, ["sourcePort"] = port, ["target"] = target, ["targetPort"] = "In" };
}
