using System.IO.Compression;
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
    public async Task BulkPublish_OfADefinitionThatIsUsed_NamesTheConsumersItUpdated()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, Flow("bulk-used", "x"), usable: "BulkUsed");
        await SaveAsync(client, Flow("bulk-consumer", "u=BulkUsed:x"));
        var draft = Flow("bulk-used", "y");
        (draft["name"], draft["options"]) = ("BulkUsed", new JsonObject { ["usableAsActivity"] = true, ["autoUpdateConsumingWorkflows"] = true });
        await client.PostAsJsonAsync("workflow-definitions", new JsonObject { ["model"] = draft }, TestContext.Current.CancellationToken);

        using var response = await client.PostAsJsonAsync("bulk-actions/publish/workflow-definitions/by-definition-ids", new { definitionIds = new[] { "bulk-used" } }, TestContext.Current.CancellationToken);

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        answer.GetProperty("published").EnumerateArray().Select(id => id.GetString()).ShouldBe(["bulk-used"]);
        answer.GetProperty("updatedConsumers").EnumerateArray().Select(id => id.GetString()).ShouldBe(["bulk-consumer"]);
    }

    [Fact]
    public async Task Export_WithConsumers_HoldsWhatUsesTheDefinitionAtAnyDistance()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var id = (await SaveAsync(client, Flow("exported-leaf", "x"), usable: "ExportedLeaf")).GetProperty("workflowDefinition").GetProperty("id").GetString();
        await SaveAsync(client, Flow("exported-middle", "u=ExportedLeaf:x"), usable: "ExportedMiddle");
        await SaveAsync(client, Flow("exported-top", "u=ExportedMiddle:x"));

        string[] all = ["exported-leaf", "exported-middle", "exported-top"];
        (await DefinitionsAsync(await client.GetAsync("workflow-definitions/exported-leaf/export?includeConsumingWorkflows=True", TestContext.Current.CancellationToken))).ShouldBe(all);
        (await DefinitionsAsync(await client.PostAsJsonAsync("bulk-actions/export/workflow-definitions", new { ids = new[] { id }, includeConsumingWorkflows = true }, TestContext.Current.CancellationToken))).ShouldBe(all);
        (await DefinitionsAsync(await client.PostAsJsonAsync("bulk-actions/export/workflow-definitions", new { ids = new[] { id } }, TestContext.Current.CancellationToken))).ShouldBe(["exported-leaf"]);
        ((int)(await client.PostAsJsonAsync("bulk-actions/export/workflow-definitions", new { ids = new[] { "nobody" } }, TestContext.Current.CancellationToken)).StatusCode).ShouldBe(204);
    }

    [Fact]
    public async Task Subgraph_OfADefinitionUsedAsAnActivity_HoldsWhatIsInsideIt()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, Flow("shown-leaf", "w=write:deep"), usable: "ShownLeaf");
        await SaveAsync(client, Flow("shown-middle", "m=ShownLeaf:x"), usable: "ShownMiddle");
        var top = (await SaveAsync(client, Flow("shown-top", "t=ShownMiddle:x"))).GetProperty("workflowDefinition").GetProperty("id").GetString();

        var middle = await client.GetFromJsonAsync<JsonNode>($"workflow-definitions/subgraph/{top}?parentNodeId=Workflow1:flow:t", TestContext.Current.CancellationToken);
        var leaf = await client.GetFromJsonAsync<JsonNode>($"workflow-definitions/subgraph/{top}?parentNodeId=Workflow1:flow:t:flow:m", TestContext.Current.CancellationToken);
        var path = await client.GetFromJsonAsync<JsonNode>($"workflow-definitions/subgraph/segments/{top}?childNodeId=Workflow1:flow:t:flow:m:flow:w", TestContext.Current.CancellationToken);

        middle!["activity"]!["root"]!["root"]!["activities"]![0]!["nodeId"]!.GetValue<string>().ShouldBe("Workflow1:flow:t:flow:m");
        leaf!["activity"]!["root"]!["root"]!["activities"]![0]!["type"]!.GetValue<string>().ShouldBe("Elsa.WriteLine");
        path!["pathSegments"]!.AsArray().Select(segment => segment!["activityId"]!.GetValue<string>()).ShouldBe(["t", "m"]);
    }

    [Fact]
    public async Task Definition_PinnedToAnEarlierVersionOfAnother_SaysWhichIsTheLatest()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, Pinned("first"));
        await SaveAsync(client, Flow("pinning", "u=PinnedOne:x"));
        var second = (await SaveAsync(client, Pinned("second"))).GetProperty("workflowDefinition").GetProperty("id").GetString();

        var pinning = await client.GetFromJsonAsync<JsonNode>("workflow-definitions/by-definition-id/pinning?versionOptions=Published", TestContext.Current.CancellationToken);
        var descriptors = await client.GetFromJsonAsync<JsonNode>("descriptors/activities", TestContext.Current.CancellationToken);

        var used = pinning!["root"]!["activities"]![0]!;
        used["version"]!.GetValue<int>().ShouldBe(1);
        used["latestAvailablePublishedVersion"]!.GetValue<int>().ShouldBe(2);
        used["latestAvailablePublishedVersionId"]!.GetValue<string>().ShouldBe(second);
        var versions = descriptors!["items"]!.AsArray().Where(item => item!["typeName"]!.GetValue<string>() == "PinnedOne").OrderBy(item => item!["version"]!.GetValue<int>()).ToList();
        versions.Select(item => (item!["version"]!.GetValue<int>(), item["isBrowsable"]!.GetValue<bool>())).ShouldBe([(1, false), (2, true)]);
        versions[0]!["ports"]![0]!.ToJsonString().ShouldBe("""{"name":"Root","displayName":"Root","type":"Embedded","isBrowsable":false}""");
    }

    [Fact]
    public async Task Import_OfAFileWithoutADefinitionId_Creates()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var model = Flow("x", "a");
        model.Remove("definitionId");

        using var created = await client.PostAsJsonAsync("workflow-definitions/import", model, TestContext.Current.CancellationToken);
        using var named = await client.PutAsJsonAsync("workflow-definitions/import", Flow("imported-again", "a"), TestContext.Current.CancellationToken);

        ((int)created.StatusCode).ShouldBe(201);
        ((int)named.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Publish_OfAPathThatIsServedAlready_IsRefusedByName()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, Endpoint("served", "here"));

        using var refused = await client.PostAsJsonAsync("workflow-definitions", new { model = Endpoint("other", "also-here"), publish = true }, TestContext.Current.CancellationToken);

        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("'also-here'");
    }

    private static JsonObject Flow(string definitionId, string activity) => JsonNode.Parse(Flows.Chart(definitionId, [activity], []))!.AsObject();

    private static async Task<List<string>> DefinitionsAsync(HttpResponseMessage response)
    {
        await using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        return [.. zip.Entries.Select(entry => JsonNode.Parse(entry.Open())!["definitionId"]!.GetValue<string>())];
    }

    private static JsonObject Used(string text)
    {
        var model = JsonNode.Parse(Flows.Chart("used", [$"w=write:{text}"], []))!.AsObject();
        model["name"] = "Used";
        model["options"] = new JsonObject { ["usableAsActivity"] = true, ["autoUpdateConsumingWorkflows"] = true };
        return model;
    }

    private static JsonObject Pinned(string text)
    {
        var model = Flow("pinned", $"w=write:{text}");
        (model["name"], model["options"]) = ("Pinned one", new JsonObject { ["usableAsActivity"] = true });
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
        return await client.SaveAsync(model);
    }
}
