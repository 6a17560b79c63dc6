using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Api;

/// <summary>Many instances at once: deleted, and altered by what their filter says.</summary>
public sealed class InstanceBulkTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{ "workflowDefinitionId": "bulk-a" }""", 1, "bulk-b,bulk-c")]
    [InlineData("""{ "workflowDefinitionIds": ["bulk-a", "bulk-b"] }""", 2, "bulk-c")]
    [InlineData("""{ "ids": [], "workflowDefinitionIds": ["bulk-a", "bulk-b"] }""", 0, "bulk-a,bulk-b,bulk-c")]
    [InlineData("""{ }""", 0, "bulk-a,bulk-b,bulk-c")]
    public async Task BulkDelete_OfDefinitions_DeletesTheirInstances(string body, int deleted, string left)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        foreach (var definitionId in (string[])["bulk-a", "bulk-b", "bulk-c"])
        {
            await client.SendAsync("bulk-actions/delete/workflow-instances", new { workflowDefinitionId = definitionId });
            await StartAsync(client, definitionId);
        }

        var answer = await client.SendAsync("bulk-actions/delete/workflow-instances", JsonSerializer.Deserialize<JsonElement>(body));

        answer.GetProperty("deleted").GetInt32().ShouldBe(deleted);
        (await InstancesAsync(client, ["bulk-a", "bulk-b", "bulk-c"])).Select(instance => instance.DefinitionId).Order(StringComparer.Ordinal).ShouldBe(left.Split(','));
    }

    [Fact]
    public async Task Submit_OfACancellationForAllMatches_CancelsThoseAlone()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        foreach (var (definitionId, name) in (ValueTuple<string, string>[])[("submit-a", "permit 1"), ("submit-a", "permit 2"), ("submit-a", "other"), ("submit-b", "permit 3")])
            await StartAsync(client, definitionId, name);

        var answer = await client.SendAsync("alterations/submit", Plan("""
            { "emptyFilterSelectsAll": true, "hasIncidents": null, "isSystem": false, "searchTerm": "permit", "statuses": ["Running"], "subStatuses": null, "timestampFilters": [],
              "definitionIds": ["submit-a"], "workflowInstanceIds": null, "correlationIds": null, "names": null, "definitionVersionIds": null, "activityFilters": null }
            """));

        answer.EnumerateObject().Select(member => member.Name).ShouldBe(["planId"]);
        answer.GetProperty("planId").GetString().ShouldNotBeNullOrEmpty();
        (await InstancesAsync(client, ["submit-a", "submit-b"])).Select(instance => $"{instance.Name} {instance.SubStatus}").Order(StringComparer.Ordinal)
            .ShouldBe(["other Suspended", "permit 1 Cancelled", "permit 2 Cancelled", "permit 3 Suspended"]);
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("bulk")]
    [InlineData("run")]
    public async Task Cancellation_OfOneThatCannotBeRead_CancelsTheOthers(string way)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var definitionId = "unreadable-" + way;
        string[] ids = [await StartAsync(client, definitionId, "first"), await StartAsync(client, definitionId, "broken"), await StartAsync(client, definitionId, "last")];
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("update elsa.instances set state = '\\x00' where id = @id", new { id = ids[1] });

        var answer = way switch
        {
            "submit" => await client.SendAsync("alterations/submit", Plan($$"""{ "definitionIds": ["{{definitionId}}"] }""")),
            "bulk" => await client.SendAsync("bulk-actions/cancel/workflow-instances", new { ids }),
            _ => await client.SendAsync("alterations/run", new { alterations = new[] { new { type = "Cancel" } }, workflowInstanceIds = (string[])[.. ids, "nobody"] }),
        };

        (await InstancesAsync(client, [definitionId])).Select(instance => $"{instance.Name} {instance.SubStatus}").Order(StringComparer.Ordinal)
            .ShouldBe(["broken Suspended", "first Cancelled", "last Cancelled"]);
        if (way == "bulk")
            answer.GetProperty("cancelled").GetInt32().ShouldBe(2);
        if (way == "run")
            answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("isSuccessful").GetBoolean()).ShouldBe([true, false, true, false]);
    }

    [Fact]
    public async Task Submit_OfAPlanWithAnId_AnswersIt()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();

        (await client.SendAsync("alterations/submit", new { id = "mine", alterations = Array.Empty<object>(), filter = new { } })).GetProperty("planId").GetString().ShouldBe("mine");
    }

    [Theory]
    [InlineData("""{ "searchTerm": "" }""", false)]
    [InlineData("""{ "statuses": ["Running"] }""", false)]
    [InlineData("""{ "workflowInstanceIds": [], "emptyFilterSelectsAll": true }""", false)]
    [InlineData("""{ "timestampFilters": [] }""", false)]
    [InlineData("""{ "definitionIds": ["submit-c"], "names": ["somebody"] }""", false)]
    [InlineData("""{ "definitionIds": ["submit-c"], "names": ["the one"] }""", true)]
    [InlineData("""{ "definitionIds": ["submit-c"], "isSystem": true }""", false)]
    [InlineData("""{ "definitionIds": ["submit-c"], "correlationIds": ["c-1"] }""", true)]
    [InlineData("""{ "emptyFilterSelectsAll": true }""", true)]
    public async Task DryRun_OfAFilter_FindsWhatTheOriginalFinds(string filter, bool isFound)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var id = await StartAsync(client, "submit-c", "the one", "c-1");

        var answer = await client.SendAsync("alterations/dry-run", JsonSerializer.Deserialize<JsonElement>(filter));

        answer.GetProperty("workflowInstanceIds").EnumerateArray().Any(found => found.GetString() == id).ShouldBe(isFound);
    }

    [Theory]
    [InlineData("""{ "alterations": [{ "type": "Migrate" }], "filter": { "emptyFilterSelectsAll": true } }""", "alterations")]
    [InlineData("""{ "filter": { "emptyFilterSelectsAll": true } }""", "alterations")]
    [InlineData("""{ "alterations": "Cancel", "filter": { "emptyFilterSelectsAll": true } }""", "alterations")]
    [InlineData("""{ "alterations": [{ "type": "Cancel" }], "filter": { "emptyFilterSelectsAll": true, "activityFilters": [{ "activityId": "a" }] } }""", "activityFilters")]
    [InlineData("""{ "alterations": [{ "type": "Cancel" }], "filter": { "emptyFilterSelectsAll": true, "definitionId": "x" } }""", "definitionId")]
    [InlineData("""{ "alterations": [{ "type": "Cancel" }], "filter": { "emptyFilterSelectsAll": true, "definitionIds": "x" } }""", "definitionIds")]
    [InlineData("""{ "alterations": [{ "type": "Cancel" }], "filter": { "emptyFilterSelectsAll": true, "definitionIds": [7] } }""", "definitionIds")]
    [InlineData("""{ "alterations": [{ "type": "Cancel" }], "filter": { "emptyFilterSelectsAll": true, "hasIncidents": "yes" } }""", "hasIncidents")]
    [InlineData("""{ "alterations": [{ "type": "Cancel" }], "filter": { "emptyFilterSelectsAll": true, "searchTerm": 7 } }""", "searchTerm")]
    [InlineData("""{ "alterations": [{ "type": "Cancel" }], "filter": { "emptyFilterSelectsAll": true, "timestampFilters": "x" } }""", "timestampFilters")]
    [InlineData("""{ "alterations": [{ "type": "Cancel" }], "filter": "x" }""", "filter")]
    public async Task Submit_OfWhatIsNotUnderstood_IsRefusedByNameAndCancelsNothing(string plan, string field)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var id = await StartAsync(client, "submit-d");

        using var refused = await client.PostAsJsonAsync("alterations/submit", JsonSerializer.Deserialize<JsonElement>(plan), Cancellation);

        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([field]);
        (await InstancesAsync(client, ["submit-d"])).Single(instance => instance.Id == id).SubStatus.ShouldBe("Suspended");
    }

    [Fact]
    public async Task Submit_WithoutThePermission_IsForbidden()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient("cancel:workflow-instances");

        using var forbidden = await client.PostAsJsonAsync("alterations/submit", Plan("{}"), Cancellation);

        ((int)forbidden.StatusCode).ShouldBe(403);
    }

    private static JsonObject Plan(string filter) => new() { ["alterations"] = new JsonArray(new JsonObject { ["type"] = "Cancel" }), ["filter"] = JsonNode.Parse(filter) };

    private static async Task<string> StartAsync(HttpClient client, string definitionId, string? name = null, string? correlationId = null)
    {
        await client.SaveAsync(Flows.Chart(definitionId, ["wait=event:never"], []));
        return (await client.SendAsync($"workflow-definitions/{definitionId}/execute", new { name, correlationId })).GetProperty("workflowState").GetProperty("id").GetString()!;
    }

    private static async Task<List<(string Id, string DefinitionId, string? Name, string SubStatus)>> InstancesAsync(HttpClient client, string[] definitionIds) =>
        [.. (await client.SendAsync("workflow-instances", new { definitionIds })).GetProperty("items").EnumerateArray().Select(item =>
            (item.GetProperty("id").GetString()!, item.GetProperty("definitionId").GetString()!, item.TryGetProperty("name", out var name) ? name.GetString() : null, item.GetProperty("subStatus").GetString()!))];
}
