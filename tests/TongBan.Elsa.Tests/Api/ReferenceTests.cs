using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Api;

/// <summary>Definitions that use another as an activity follow it when it wants that.</summary>
public sealed class ReferenceTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Publish_OfADefinitionThatIsUsed_BringsItsConsumersToTheNewVersion()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, Used("first"));
        await SaveAsync(client, JsonNode.Parse(Flows.Chart("direct", ["u=Used:x"], []))!.AsObject(), usable: "Direct");
        await SaveAsync(client, JsonNode.Parse(Flows.Chart("indirect", ["d=Direct:x"], []))!.AsObject());

        var consumers = await client.GetFromJsonAsync<JsonElement>("workflow-definitions/used/consumers", TestContext.Current.CancellationToken);
        var published = await SaveAsync(client, Used("second"));

        consumers.GetProperty("consumingWorkflowDefinitionIds").EnumerateArray().Select(id => id.GetString()).ShouldBe(["direct", "indirect"]);
        published.GetProperty("consumingWorkflowCount").GetInt32().ShouldBe(2);
        var direct = await client.GetFromJsonAsync<JsonElement>("workflow-definitions/by-definition-id/direct?versionOptions=Published", TestContext.Current.CancellationToken);
        direct.GetProperty("version").GetInt32().ShouldBe(2);
        direct.GetProperty("root").GetProperty("activities")[0].GetProperty("workflowDefinitionVersionId").GetString().ShouldBe(published.GetProperty("workflowDefinition").GetProperty("id").GetString());
        (await client.PostAsJsonAsync("workflow-definitions/used/update-references", new { }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Publish_OfAPathThatIsServedAlready_IsRefusedByName()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, Endpoint("served", "here"));

        using var refused = await PostAsync(client, Endpoint("other", "also-here"));

        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("'also-here'");
    }

    private static JsonObject Used(string text)
    {
        var model = JsonNode.Parse(Flows.Chart("used", [$"w=write:{text}"], []))!.AsObject();
        model["name"] = "Used";
        model["options"] = new JsonObject { ["usableAsActivity"] = true, ["autoUpdateConsumingWorkflows"] = true };
        return model;
    }

    private static JsonObject Endpoint(string definitionId, string activityId)
    {
        var model = JsonNode.Parse(Flows.Chart(definitionId, [$"{activityId}=Elsa.HttpEndpoint:x"], []))!.AsObject();
        var activity = model["root"]!["activities"]![0]!;
        activity["path"] = new JsonObject { ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "taken" } };
        activity["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return model;
    }

    private static async Task<JsonElement> SaveAsync(HttpClient client, JsonObject model, string? usable = null)
    {
        if (usable is not null)
            (model["name"], model["options"]) = (usable, new JsonObject { ["usableAsActivity"] = true, ["autoUpdateConsumingWorkflows"] = true });
        using var response = await PostAsync(client, model);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(answer);
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, JsonObject model) => client.PostAsJsonAsync("workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = true }, TestContext.Current.CancellationToken);
}
