using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Api;

/// <summary>The definition list, the versions of one definition, and the link that each definition has to itself.</summary>
public sealed class DefinitionListTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ound_1", "found_1")]
    [InlineData("  found_1 ", "found_1")]
    [InlineData("FOUND", "found_1,foundX1")]
    [InlineData("100%", "found_1")]
    public async Task List_WithASearchTerm_FindsWhatHoldsItToTheLetter(string term, string found)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, "found_1", "100% sure");
        await SaveAsync(client, "foundX1", "1000 times");

        (await ListAsync(client, $"versionOptions=Latest&searchTerm={Uri.EscapeDataString(term)}")).Select(item => item.DefinitionId).ShouldBe(found.Split(','), ignoreOrder: true);
    }

    [Fact]
    public async Task List_ByVersionOrAge_BeginsWithTheLatest()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        for (var i = 0; i < 3; i++)
            await SaveAsync(client, "versioned", $"text {i}");

        (await ListAsync(client, "definitionIds=versioned&orderBy=Version")).Select(item => item.Version).ShouldBe([3, 2, 1]);
        (await ListAsync(client, "definitionIds=versioned&orderBy=Created")).Select(item => item.Version).ShouldBe([3, 2, 1]);
        (await ListAsync(client, "definitionIds=versioned&orderBy=Version&orderDirection=Ascending")).Select(item => item.Version).ShouldBe([1, 2, 3]);
        ((int)(await client.GetAsync("workflow-definitions?orderDirection=Sideways", Cancellation)).StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task Versions_OfADefinitionThatThereIsNot_AreNotFound()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();

        ((int)(await client.GetAsync("workflow-definitions/nobody/versions", Cancellation)).StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Definition_ByTheLinkToItself_IsShown()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await SaveAsync(client, "linked", "x");
        var definition = await client.GetFromJsonAsync<JsonElement>("workflow-definitions/by-definition-id/linked", Cancellation);
        var self = definition.GetProperty("links").EnumerateArray().First(link => link.GetProperty("rel").GetString() == "self").GetProperty("href").GetString()!;

        var shown = await client.GetFromJsonAsync<JsonElement>(self.TrimStart('/'), Cancellation);

        shown.GetRawText().ShouldBe(definition.GetRawText());
        ((int)(await client.GetAsync("workflow-definitions/nobody", Cancellation)).StatusCode).ShouldBe(404);
    }

    private static async Task<List<(string? DefinitionId, int Version)>> ListAsync(HttpClient client, string query) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("workflow-definitions?" + query, Cancellation)).GetProperty("items").EnumerateArray()
            .Select(item => (item.GetProperty("definitionId").GetString(), item.GetProperty("version").GetInt32()))];

    private static async Task SaveAsync(HttpClient client, string definitionId, string description)
    {
        var model = JsonNode.Parse(Flows.Chart(definitionId, ["a"], []))!.AsObject();
        model["description"] = description;
        await client.SaveAsync(model);
    }
}
