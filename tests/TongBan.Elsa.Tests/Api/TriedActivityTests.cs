using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Api;

/// <summary>The designer's test tab: one activity runs to its end, with the values that were given for the test, and leaves nothing behind.</summary>
public sealed class TriedActivityTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"7\"", 8)]
    [InlineData("7", 8)]
    [InlineData("\"\"", 1)]
    [InlineData(null, 6)]
    public async Task Activity_WithATestValueForAVariable_SeesItInTheVariablesType(string? value, int expected)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var model = JsonNode.Parse(Flows.Chart("tried-values", ["j=js:return variables.N + 1"], []))!.AsObject();
        model["variables"]![0]!["value"] = "5";
        if (value is not null)
            model["customProperties"] = new JsonObject { ["VariableTestValues"] = new JsonObject { ["v_N"] = JsonNode.Parse(value), ["v_Gone"] = "1" } };
        await client.SaveAsync(model);

        var tried = await TryAsync(client, "tried-values", "j");

        tried["outputs"]!["Result"]!.GetValue<int>().ShouldBe(expected);
    }

    [Fact]
    public async Task Activity_WithATestValueThatIsNone_IsRefusedByTheVariable()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var model = JsonNode.Parse(Chart("tried-wrong", [Write("a")], []))!.AsObject();
        model["variables"] = new JsonArray(new JsonObject { ["id"] = "v_L", ["name"] = "Numbers", ["typeName"] = "List<Int32>" });
        model["customProperties"] = new JsonObject { ["VariableTestValues"] = new JsonObject { ["v_L"] = "[1, " } };
        await client.SaveAsync(model);

        using var refused = await PostAsync(client, "tried-wrong", "a");

        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Numbers");
    }

    [Theory]
    [InlineData("if", "Completed", """{"Result":true}""")]
    [InlineData("each", "Completed", """{"CurrentValue":"y"}""")]
    [InlineData("row", "Completed", "{}")]
    [InlineData("used", "Completed", """{"Total":3}""")]
    [InlineData("waits", "Running", "{}")]
    [InlineData("fails", "Running", "{}")]
    public async Task Activity_WithOthersInside_RunsUntilItIsDoneOrWaits(string activity, string status, string outputs)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var inner = JsonNode.Parse(Chart("tried-inner", [Activity("set", "Elsa.SetOutput", ("outputName", Literal("Total")), ("outputValue", Script("1 + 2")))], [], options: new JsonObject { ["usableAsActivity"] = true }))!.AsObject();
        (inner["name"], inner["outputs"]) = ("TriedInner", new JsonArray(new JsonObject { ["name"] = "Total", ["type"] = "Int32" }));
        await client.SaveAsync(inner);
        await client.SaveAsync(JsonNode.Parse(Chart(
            "tried-containers",
            [
                Activity("if", "Elsa.If", ("condition", Literal(true)), ("then", Write("then"))),
                Activity("each", "Elsa.ForEach", ("items", Expression("Object", """["x","y"]""")), ("body", Write("body"))),
                Row("row", Write("first"), Write("second")),
                Activity("used", "TriedInner"),
                Row("waits", Activity("event", "Elsa.Event", ("eventName", Literal("never")))),
                Row("fails", Activity("fault", "Elsa.Fault", ("message", Literal("boom")))),
            ],
            []))!.AsObject());

        var tried = await TryAsync(client, "tried-containers", $"Workflow1:flow:{activity}");

        tried["status"]!.GetValue<string>().ShouldBe(status);
        tried["outputs"]!.ToJsonString().ShouldBe(outputs);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances")).ShouldBe(0);
    }

    private static JsonObject Row(string id, params JsonNode[] activities) => Activity(id, "Elsa.Sequence", ("activities", new JsonArray(activities)));

    private static async Task<JsonNode> TryAsync(HttpClient client, string definitionId, string activity)
    {
        using var response = await PostAsync(client, definitionId, activity);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string definitionId, string activity) => client.PostAsJsonAsync(
        "tests/activities",
        new { workflowDefinitionHandle = new { definitionId, versionOptions = "Latest" }, activityHandle = new { activityNodeId = activity } },
        Cancellation);
}
