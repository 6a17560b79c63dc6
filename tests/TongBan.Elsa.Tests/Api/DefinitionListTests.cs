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

    private static async Task<List<(string? DefinitionId, int Version)>> ListAsync(HttpClient client, string query) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("workflow-definitions?" + query, Cancellation)).GetProperty("items").EnumerateArray()
            .Select(item => (item.GetProperty("definitionId").GetString(), item.GetProperty("version").GetInt32()))];

    private static async Task SaveAsync(HttpClient client, string definitionId, string description)
    {
        var model = JsonNode.Parse(Flows.Chart(definitionId, ["a"], []))!.AsObject();
        model["description"] = description;
        using var response = await client.PostAsJsonAsync("workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = true }, Cancellation);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(Cancellation));
    }
}
