using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Definitions;

/// <summary>Inputs and outputs of a definition used as an activity, by the names that Studio gives their properties.</summary>
public sealed class UsedNamesTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    /// <summary>An input's name, and the property in which Studio keeps its value.</summary>
    public static TheoryData<string, string> Names { get; } = new()
    {
        { "Name", "name_" }, { "name", "name_" }, { "Id", "id_" }, { "NodeId", "nodeId_" }, { "Type", "type_" }, { "version", "version_" }, { "Metadata", "metadata_" }, { "CustomProperties", "customProperties_" },
        { "Root", "root_" }, { "_name", "name_" }, { "WorkflowDefinitionId", "workflowDefinitionId_" }, { "Amount", "amount" }, { "amount_due", "amountDue" }, { "Amount due", "amountDue" }, { "URL", "uRL" }, { "Variables", "variables" },
        { "姓名", "姓名" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Input_OfThatName_TakesTheValueOfItsProperty(string name, string property)
    {
        await using var runtime = new TestRuntime(database.Source);
        var outer = await PublishInnerAsync(runtime, name, "Back", (property, Script("'given'")), ("back", To("Back")));

        var (used, back) = await RunAsync(runtime, outer);

        back.ShouldBe("given back");
        used[property]!["expression"]!["value"]!.GetValue<string>().ShouldBe("'given'");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Input_ThatIsNotGiven_IsNotWhatTheActivityCallsItself(string name, string property)
    {
        await using var runtime = new TestRuntime(database.Source);
        var outer = await PublishInnerAsync(runtime, name, "Back", ("back", To("Back")));

        var (used, back) = await RunAsync(runtime, outer);

        back.ShouldBe("null back");
        used[property].ShouldBeNull();
    }

    [Fact]
    public async Task Input_ThatIsNotGiven_IsNotTheOneOfTheWorkflowAround()
    {
        await using var runtime = new TestRuntime(database.Source);
        var outer = await PublishInnerAsync(runtime, "Who", "Back", ("back", To("Back")));
        outer["inputs"] = new JsonArray(new JsonObject { ["name"] = "Who", ["type"] = "Object" });
        await runtime.PublishAsync(outer.ToJsonString());

        var run = await runtime.StartAsync(outer["definitionId"]!.GetValue<string>(), new Dictionary<string, object>(StringComparer.Ordinal) { ["Who"] = "the workflow's" });

        run.Output!["Told"].ShouldBe("null back");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Output_OfThatName_GoesWhereItsPropertySays(string name, string property)
    {
        await using var runtime = new TestRuntime(database.Source);
        var outer = await PublishInnerAsync(runtime, "Given", name, ("given", Script("'given'")), (property, To("Back")));

        var (used, back) = await RunAsync(runtime, outer);

        back.ShouldBe("given back");
        used[property]!["memoryReference"]!["id"]!.GetValue<string>().ShouldBe("v_Back");
    }

    /// <summary>Publishes a definition that gives back what its input holds.</summary>
    /// <returns>One that uses it.</returns>
    private static async Task<JsonObject> PublishInnerAsync(TestRuntime runtime, string input, string output, params (string Name, JsonNode Value)[] members)
    {
        var type = "Used" + Guid.NewGuid().ToString("N");
        var set = Activity("set", "Elsa.SetOutput", ("outputName", Literal(output)), ("outputValue", Script($"getInput({JsonSerializer.Serialize(input)}) + ' back'")));
        var inner = JsonNode.Parse(Chart(type, [set], [], options: new JsonObject { ["usableAsActivity"] = true }))!.AsObject();
        inner["inputs"] = new JsonArray(new JsonObject { ["name"] = input, ["type"] = "Object" });
        inner["outputs"] = new JsonArray(new JsonObject { ["name"] = output, ["type"] = "Object" });
        await runtime.PublishAsync(inner.ToJsonString());
        var used = Activity("u", type, [("name", "MyFlow1"), .. members]);
        var tell = Activity("tell", "Elsa.SetOutput", ("outputName", Literal("Told")), ("outputValue", Script("variables.Back")));
        return JsonNode.Parse(Chart(type + "-outer", [used, tell], ["u>tell"], ["Back"]))!.AsObject();
    }

    /// <summary>Publishes the definition, writes it as an answer to Studio, publishes what was written, and runs it.</summary>
    /// <returns>The activity as it was written, and what came back from it.</returns>
    private static async Task<(JsonNode Used, string? Back)> RunAsync(TestRuntime runtime, JsonObject outer)
    {
        await runtime.PublishAsync(outer.ToJsonString());
        var written = Write(runtime, outer);
        var used = written["root"]!["activities"]![0]!;
        (used["name"]!.GetValue<string>(), used["id"]!.GetValue<string>()).ShouldBe(("MyFlow1", "u"));
        written["definitionId"] = outer["definitionId"]!.GetValue<string>();
        await runtime.PublishAsync(written.ToJsonString());
        var run = await runtime.StartAsync(outer["definitionId"]!.GetValue<string>());
        return (used, run.Output!["Told"].ToString());
    }

    private static JsonObject Write(TestRuntime runtime, JsonObject model)
    {
        var json = runtime.Services.GetRequiredService<DefinitionJson>();
        return json.Write(json.Read(JsonSerializer.SerializeToElement(model)));
    }
}
