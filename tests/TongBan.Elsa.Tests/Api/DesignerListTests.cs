using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Api;

/// <summary>What the designer lets choose is known again by the name that it was listed under, and does what was chosen.</summary>
public sealed class DesignerListTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Variable", """{"id":"v_Chosen","name":"Chosen","typeName":"Object","isArray":false}""")]
    [InlineData("Input", """{"name":"Chosen","type":"Object","displayName":"Chosen"}""")]
    public async Task VariableOrInput_ThatWasPicked_IsReadFromItsText(string syntax, string picked)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var model = JsonNode.Parse(Chart("picked-" + syntax, [Activity("set", "Elsa.SetName", ("value", Expression(syntax, picked)))], [], ["Chosen"]))!;
        model["variables"]![0]!["value"] = "Variable's";
        model["inputs"] = new JsonArray(new JsonObject { ["name"] = "Chosen", ["type"] = "Object" });
        await client.SaveAsync(model);

        var run = await client.SendAsync($"workflow-definitions/picked-{syntax}/execute", new { input = new { Chosen = "Input's" } });

        run.GetProperty("workflowState").GetProperty("name").GetString().ShouldBe(syntax + "'s");
    }

    [Fact]
    public async Task Drivers_StrategiesAndTypes_AreAnsweredByTheNamesInTheLists()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var (drivers, types) = (await NamesAsync(client, "storage-drivers"), await NamesAsync(client, "variables"));
        var model = JsonNode.Parse(Chart("listed", [Write("a")], []))!;

        foreach (var strategy in await NamesAsync(client, "workflow-activation-strategies"))
        {
            model["options"] = new JsonObject { ["activationStrategyType"] = strategy };
            model["variables"] = new JsonArray([.. types.SelectMany((type, number) => new[] { false, true }.Select(isArray => Variable(type, isArray, drivers[number % drivers.Count])))]);
            var sent = model["variables"]!.DeepClone();

            var answer = JsonNode.Parse((await client.SaveAsync(model, publish: false)).GetProperty("workflowDefinition").GetRawText())!;

            answer["options"]!["activationStrategyType"]!.GetValue<string>().ShouldBe(strategy);
            answer["variables"]!.AsArray().Select(Chosen).ShouldBe(sent.AsArray().Select(Chosen));
        }
    }

    [Fact]
    public async Task ActivitiesList_HasEachNameAndVersionOnce_AndNoDraftAboveThePublishedVersion()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, "first", "Same name", publish: true);
        await SaveAsync(client, "first", "Another name", publish: true);
        await SaveAsync(client, "second", "SameName", publish: true);
        await SaveAsync(client, "second", "SameName", publish: false);

        var items = (await client.GetFromJsonAsync<JsonNode>("descriptors/activities", Cancellation))!["items"]!.AsArray();

        items.Select(item => (item!["typeName"]!.GetValue<string>(), item["version"]!.GetValue<int>())).ShouldBeUnique();
        items.Where(item => item!["typeName"]!.GetValue<string>() == "SameName").ShouldHaveSingleItem()!["isBrowsable"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static JsonObject Variable(string type, bool isArray, string driver) =>
        new() { ["id"] = $"{type}-{isArray}", ["name"] = $"{type}{isArray}", ["typeName"] = type, ["isArray"] = isArray, ["storageDriverTypeName"] = driver };

    private static string Chosen(JsonNode? variable) => $"{variable!["id"]} {variable["typeName"]} {variable["isArray"]} {variable["storageDriverTypeName"]}";

    private static async Task<List<string>> NamesAsync(HttpClient client, string list) =>
        [.. (await client.GetFromJsonAsync<JsonNode>("descriptors/" + list, Cancellation))!["items"]!.AsArray().Select(item => item!["typeName"]!.GetValue<string>())];

    private static async Task SaveAsync(HttpClient client, string definitionId, string name, bool publish)
    {
        var model = JsonNode.Parse(Chart(definitionId, [Write("a")], [], options: new JsonObject { ["usableAsActivity"] = true }))!;
        model["name"] = name;
        await client.SaveAsync(model, publish);
    }
}
