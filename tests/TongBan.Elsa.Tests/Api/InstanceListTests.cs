using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Api;

/// <summary>The instance list: its order and what its filter finds.</summary>
public sealed class InstanceListTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Theory]
    [InlineData("""{ "definitionIds": ["listed"], "orderBy": null, "orderDirection": "Ascending" }""", "1,2,3")]
    [InlineData("""{ "definitionIds": ["listed"], "orderBy": null, "orderDirection": "Descending" }""", "3,2,1")]
    [InlineData("""{ "definitionIds": ["listed"] }""", "3,2,1")]
    [InlineData("""{ "definitionIds": ["listed"], "orderBy": "Created" }""", "3,2,1")]
    [InlineData("""{ "definitionIds": ["listed"], "orderBy": "Name" }""", "1,2,3")]
    public async Task List_WithoutADirectionOrAColumn_IsSortedAsTheOriginalSorts(string filter, string order)
    {
        for (var i = 1; i <= 3; i++)
            await AddAsync($"listed-{i}", "listed", name: $"name {i}", at: i);

        (await ListAsync(filter)).ShouldBe(order.Split(',').Select(number => "listed-" + number));
    }

    [Fact]
    public async Task List_OfInstancesOfOneMoment_ShowsEachOnOnePage()
    {
        for (var i = 0; i < 20; i++)
            await AddAsync($"paged-{i:00}", "paged", at: 1);

        var pages = new List<string>();
        for (var page = 0; page < 4; page++)
            pages.AddRange(await ListAsync($$"""{ "definitionIds": ["paged"], "page": {{page}}, "pageSize": 5 }"""));

        pages.ShouldBe(Enumerable.Range(0, 20).Select(i => $"paged-{i:00}").Reverse());
    }

    [Fact]
    public async Task List_InADirectionThatThereIsNot_IsRefusedByName()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();

        using var refused = await client.PostAsJsonAsync("workflow-instances", new { orderDirection = "Sideways" }, TestContext.Current.CancellationToken);

        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("errors").TryGetProperty("orderDirection", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("ound-vers", "found-1,found-2")]
    [InlineData("case_12", "found-1")]
    [InlineData("100%", "found-1")]
    [InlineData("a\\\\b", "found-1")]
    [InlineData("  CASE_12 ", "found-1")]
    [InlineData("   ", "found-1,found-2")]
    public async Task List_WithASearchTerm_FindsWhatHoldsItToTheLetter(string term, string found)
    {
        await AddAsync("found-1", "found", name: "100% of case_12", correlationId: "a\\b", versionId: "found-version-1");
        await AddAsync("found-2", "found", name: "1000 of caseX12", correlationId: "a/b", versionId: "found-version-2");

        (await ListAsync($$"""{ "definitionIds": ["found"], "searchTerm": "{{term}}", "orderBy": "Name" }""")).Order(StringComparer.Ordinal).ShouldBe(found.Split(','));
    }

    [Fact]
    public async Task List_WithAName_FindsThoseThatHaveItInTheirs()
    {
        await AddAsync("named-1", "named", name: "Permit_1 of Li");
        await AddAsync("named-2", "named", name: "Permit 1 of Wang");
        await AddAsync("named-3", "named");

        (await ListAsync("""{ "definitionId": "named", "name": "permit_1" }""")).ShouldBe(["named-1"]);
    }

    [Theory]
    [InlineData("searchTerm=20261127", "queried-1")]
    [InlineData("correlationId=20261127", "queried-1")]
    [InlineData("HasIncidents=True", "")]
    [InlineData("HasIncidents=False&page=0&pageSize=1", "queried-2")]
    public async Task List_ByAQuery_TakesDigitsForATextWhereOneIsAskedFor(string query, string found)
    {
        await AddAsync("queried-1", "queried", correlationId: "20261127", at: 1);
        await AddAsync("queried-2", "queried", at: 2);
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();

        var answer = await client.GetFromJsonAsync<JsonElement>("workflow-instances?definitionIds=queried&" + query, TestContext.Current.CancellationToken);

        answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).ShouldBe(found.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("Is", "2026-01-01T08:00:00+08:00", "")]
    [InlineData("Is", "2026-01-01T00:00:00+08:00", "dated-1,dated-2")]
    [InlineData("Is", "2026-01-02T00:00:00+08:00", "")]
    [InlineData("Is", "2026-01-01T00:00:00Z", "dated-1,dated-2")]
    [InlineData("Is", "2026-01-01T08:00:01+08:00", "dated-1")]
    [InlineData("IsNot", "2026-01-01T00:00:00Z", "")]
    [InlineData("GreaterThan", "2026-01-01T00:00:00Z", "")]
    [InlineData("GreaterThan", "2025-12-31T00:00:00Z", "dated-1,dated-2")]
    [InlineData("LessThanOrEqual", "2026-01-01T00:00:00Z", "dated-1,dated-2")]
    [InlineData("LessThan", "2026-01-01T00:00:02Z", "dated-1")]
    public async Task List_ByAMoment_TakesMidnightForTheWholeDay(string comparison, string moment, string found)
    {
        await AddAsync("dated-1", "dated", at: 1);
        await AddAsync("dated-2", "dated", at: 2);

        (await ListAsync($$"""{ "definitionIds": ["dated"], "orderDirection": "Ascending", "timestampFilters": [{ "column": "CreatedAt", "operator": "{{comparison}}", "timestamp": "{{moment}}" }] }"""))
            .ShouldBe(found.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("workflow-instances?page=-1&pageSize=5", "page")]
    [InlineData("workflow-instances?pageSize=-5", "pageSize")]
    [InlineData("workflow-definitions?page=-1&pageSize=5", "page")]
    [InlineData("workflow-definitions?page=0&pageSize=-5", "pageSize")]
    [InlineData("workflow-instances/none/journal?page=-1", "page")]
    [InlineData("workflow-instances/none/journal?take=-1", "take")]
    public async Task List_OfAPageThatThereCannotBe_IsRefusedByName(string list, string name)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();

        using var refused = await client.GetAsync(list, TestContext.Current.CancellationToken);

        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("errors").TryGetProperty(name, out _).ShouldBeTrue();
    }

    private async Task<List<string>> ListAsync(string filter)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        using var response = await client.PostAsJsonAsync("workflow-instances", JsonSerializer.Deserialize<JsonElement>(filter), TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return [.. (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    private async Task AddAsync(string id, string definitionId, string? name = null, string? correlationId = null, string versionId = "version-1", int at = 0)
    {
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            """
            insert into elsa.instances (id, definition_id, version_id, version, status, sub_status, name, correlation_id, incident_count, created_at, updated_at)
            values (@id, @definitionId, @versionId, 1, 'Running', 'Suspended', @name, @correlationId, 0, @moment, @moment)
            on conflict (id) do nothing
            """,
            new { id, definitionId, versionId, name, correlationId, moment = new DateTime(2026, 1, 1, 0, 0, at, DateTimeKind.Utc) });
    }
}
