using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Api;

/// <summary>Versions are made, taken back and deleted without losing what somebody still needs.</summary>
public sealed class VersionTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revert_WithADraftOpen_KeepsItAsAVersion()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, "reverted", "one", publish: true);
        await SaveAsync(client, "reverted", "two", publish: true);
        await SaveAsync(client, "reverted", "draft", publish: false);

        (await client.PostAsync("workflow-definitions/reverted/revert/1", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await TextsAsync(client, "reverted")).ShouldBe([(1, "one", false), (2, "two", false), (3, "draft", false), (4, "one", true)]);
    }

    [Fact]
    public async Task Delete_OfAVersionThatAnInstanceStandsOn_TakesItBack_AndItCanBePublishedAgain()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, "stood-on", "one", publish: true, waits: true);
        await client.SendAsync("workflow-definitions/stood-on/execute", new { });

        (await client.DeleteAsync("workflow-definitions/stood-on", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await client.GetFromJsonAsync<JsonNode>("workflow-definitions/by-definition-id/stood-on?versionOptions=Latest", Cancellation))!["isPublished"]!.GetValue<bool>().ShouldBeFalse();
        (await client.PostAsJsonAsync("workflow-definitions/stood-on/execute", new { }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await TriggersAsync()).ShouldBe(0);
        await client.SendAsync("workflow-definitions/stood-on/publish", new { });
        (await TriggersAsync()).ShouldBe(1);

        async Task<int> TriggersAsync()
        {
            await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
            return await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.triggers where definition_id = 'stood-on'");
        }
    }

    private static async Task<List<(int Version, string Text, bool IsLatest)>> TextsAsync(HttpClient client, string definitionId)
    {
        var versions = (await client.GetFromJsonAsync<JsonNode>($"workflow-definitions/{definitionId}/versions", Cancellation))!;
        var items = versions as JsonArray ?? versions["items"]!.AsArray();
        var texts = new List<(int, string, bool)>();
        foreach (var item in items.OrderBy(item => item!["version"]!.GetValue<int>()))
        {
            var version = (await client.GetFromJsonAsync<JsonNode>($"workflow-definitions/by-id/{item!["id"]}", Cancellation))!;
            texts.Add((version["version"]!.GetValue<int>(), version["root"]!["activities"]![0]!["text"]!["expression"]!["value"]!.GetValue<string>(), version["isLatest"]!.GetValue<bool>()));
        }

        return texts;
    }

    private static async Task SaveAsync(HttpClient client, string definitionId, string text, bool publish, bool waits = false)
    {
        var model = JsonNode.Parse(Flows.Chart(definitionId, waits ? [$"a=write:{text}", "e=event:never"] : [$"a=write:{text}"], waits ? ["a>e"] : []))!.AsObject();
        if (waits)
            model["root"]!["activities"]!.AsArray().Add(Json.Starting(Json.Activity("start", "Elsa.Event", ("eventName", Json.Literal("begin")))));
        await client.SaveAsync(model, publish);
    }
}
