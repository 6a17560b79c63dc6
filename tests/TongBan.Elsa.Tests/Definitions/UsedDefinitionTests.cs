using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Shouldly;
using TongBan.Elsa.Tests.Api;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Definitions;

/// <summary>Definitions that use each other as activities come to an end, wherever somebody closes a circle.</summary>
public sealed class UsedDefinitionTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Definition_ThatUsesItself_IsNotPublished()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        (await PublishAsync(client, "SelfUse", Write("a"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var refused = await PublishAsync(client, "SelfUse", Activity("me", "SelfUse"));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refused.Answer.ShouldContain("'me' uses the definition that it stands in");
    }

    [Fact]
    public async Task Definitions_ThatUseEachOther_AreReadToAnEnd()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("Ping", [Activity("pong", "Pong")], [], options: new JsonObject { ["usableAsActivity"] = true }));
        await runtime.PublishAsync(Chart("Pong", [Activity("ping", "Ping")], [], options: new JsonObject { ["usableAsActivity"] = true }));
        await runtime.PublishAsync(Chart("uses-both", [Activity("ping", "Ping"), Activity("pong", "Pong")], ["ping>pong"]));

        await using var second = new TestRuntime(database.Source);
        await second.StartAsync("uses-both");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Definition_ThatIsUsedByOneItUses_IsNotPublished(bool followed)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        var (outer, inner) = ($"Outer{followed}", $"Inner{followed}");
        (await PublishAsync(client, inner, Write("a"), followed)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PublishAsync(client, outer, Activity("in", inner), followed)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var refused = await PublishAsync(client, inner, Activity("out", outer), followed);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refused.Answer.ShouldContain($"'out' uses '{outer}', which in turn uses the definition that it stands in");
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.definitions where definition_id = @inner", new { inner })).ShouldBe(1);
    }

    [Fact]
    public async Task Definition_PinnedToADraftThatUsesIt_IsNotPublished()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        (await PublishAsync(client, "Shell", Write("a"), publish: false)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var draft = (await client.GetFromJsonAsync<JsonNode>("workflow-definitions/by-definition-id/Shell?versionOptions=Latest", Cancellation))!["id"]!.GetValue<string>();
        (await PublishAsync(client, "Kernel", Activity("shell", "Shell", ("workflowDefinitionVersionId", draft)))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var refused = await PublishAsync(client, "Shell", Activity("kernel", "Kernel"));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refused.Answer.ShouldContain("'kernel' uses 'Kernel'");
    }

    [Fact]
    public async Task Definition_ThatBringsInMoreThanCanBeRead_IsRefusedByTheActivity()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        (await PublishAsync(client, "Many0", Write("a"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var answers = new List<(HttpStatusCode StatusCode, string Answer)>();
        while (answers.Count < 9 && answers.All(answer => answer.StatusCode == HttpStatusCode.OK))
            answers.Add(await PublishAsync(client, $"Many{answers.Count + 1}", [.. Enumerable.Range(0, 8).Select(number => Activity($"use{number}", $"Many{answers.Count}"))]));

        answers.Count.ShouldBeInRange(3, 8);
        answers[^1].StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answers[^1].Answer.ShouldContain("one more than the 100000 that a definition may have");
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.definitions where definition_id like 'Many%'")).ShouldBe(answers.Count);
    }

    [Fact]
    public async Task Definitions_UsedInOneAnotherTooDeeply_AreRefused()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        (await PublishAsync(client, "Deep0", Write("a"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var level = 1; level < 32; level++)
            (await PublishAsync(client, $"Deep{level}", Activity("next", $"Deep{level - 1}"))).StatusCode.ShouldBe(HttpStatusCode.OK, $"at {level}");

        var refused = await PublishAsync(client, "Deep32", Activity("next", "Deep31"));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refused.Answer.ShouldContain("more than 32 times");
    }

    private static Task<(HttpStatusCode StatusCode, string Answer)> PublishAsync(HttpClient client, string id, JsonObject activity, bool followed = false, bool publish = true) =>
        PublishAsync(client, id, [activity], followed, publish);

    private static async Task<(HttpStatusCode StatusCode, string Answer)> PublishAsync(HttpClient client, string id, JsonObject[] activities, bool followed = false, bool publish = true)
    {
        var model = Chart(id, activities, [], options: new JsonObject { ["usableAsActivity"] = true, ["autoUpdateConsumingWorkflows"] = followed });
        using var body = new StringContent($$"""{"model":{{model}},"publish":{{(publish ? "true" : "false")}}}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("workflow-definitions", body, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
