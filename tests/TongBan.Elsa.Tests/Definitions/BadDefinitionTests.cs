using System.Diagnostics;
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

/// <summary>A definition that cannot be run is refused in words that name the activity, and nothing of it is stored.</summary>
public sealed class BadDefinitionTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Bad => new()
    {
        { "twice", Chart("bad-twice", [Write("same"), Write("same")], []), "'same'" },
        { "nowhere", Chart("bad-nowhere", [Write("a")], ["a>ghost"]), "'ghost'" },
        { "port", Chart("bad-port", [Write("a"), Write("b")], ["a.Nope>b"]), "'Nope'" },
        { "decision", Chart("bad-decision", [Activity("d", "Elsa.FlowDecision"), Write("b")], ["d.Maybe>b"]), "'Maybe'" },
        { "no type", Chart("bad-type", [new JsonObject { ["id"] = "typeless" }], []), "type" },
        { "a type that is no text", Chart("bad-number", [new JsonObject { ["id"] = "numeric", ["type"] = 7 }], []), "'numeric'" },
        { "activities that are no list", """{"definitionId":"bad-list","root":{"id":"flow","type":"Elsa.Flowchart","activities":{}}}""", "'flow'" },
        { "a vertex without place", Chart("bad-vertex", [Write("a"), Write("b")], ["a>b"]).Replace("\"port\":\"In\"}}", "\"port\":\"In\"},\"vertices\":[{}]}", StringComparison.Ordinal), "'flow'" },
        { "a literal that is no JSON", Chart("bad-literal", [Activity("out", "Elsa.WriteHttpResponse", ("responseHeaders", Literal("{oops")))], []), "'out'" },
        { "a schedule that is none", Chart("bad-cron", [Starting(Activity("daily", "Elsa.Cron", ("cronExpression", Literal("every day"))))], []), "'daily'" },
        { "a trigger without its name", Chart("bad-event", [Starting(Activity("nameless", "Elsa.Event"))], []), "'nameless'" },
        { "a trigger whose script fails", Chart("bad-path", [Starting(Activity("lost", "Elsa.HttpEndpoint", ("path", Script("nope.x"))))], []), "'lost'" },
        { "a container inside itself", Chart("bad-inside", [Activity("loop", "Elsa.Sequence", ("activities", new JsonArray(JsonNode.Parse("""{"id":"loop","type":"Elsa.Sequence","activities":[]}"""))))], []), "'loop' stands inside itself" },
        { "a reference instead of an activity", """{"definitionId":"bad-ref","root":{"$id":"1","id":"s","type":"Elsa.Sequence","activities":[{"$ref":"1"}]}}""", "$ref" },
        { "a root that is none", """{"definitionId":"bad-root","root":5}""", "root" },
        { "variables that are no list", """{"definitionId":"bad-variables","variables":{},"root":{"id":"s","type":"Elsa.Sequence"}}""", "'variables'" },
        { "1,000 levels", Nested(1000), "nested" },
        { "a deep value", Chart("bad-value", [Activity("deep", "Elsa.WriteLine", ("text", JsonNode.Parse(new string('[', 60) + new string(']', 60))!))], []), "'deep'" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Publish_OfABadDefinition_NamesTheActivityAndStoresNothing(string kind, string model, string named)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();

        using var response = await client.PostAsync("workflow-definitions", Body(model), Cancellation);

        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, kind + answer);
        JsonNode.Parse(answer)!["errors"]!.AsObject().Single().Value![0]!.GetValue<string>().ShouldContain(named);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.definitions where definition_id like 'bad-%'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"model":[]}""")]
    [InlineData("""{"model":{"root":{"type":"Elsa.Flowchart","id":"x","activities":[null]}}}""")]
    public async Task Body_ThatIsNoDefinition_IsBadInput(string body)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();

        using var response = await client.PostAsync("workflow-definitions", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Definition_OfFiveThousandActivities_IsPublishedAndRuns()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan; // How long it takes depends on what else the machine does.
        var model = Row("large", 5_000, 900);
        model.Length.ShouldBeGreaterThan(5_000_000);
        var watch = Stopwatch.StartNew();

        using var response = await client.PostAsync("workflow-definitions", Body(model), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var run = await client.PostAsJsonAsync("workflow-definitions/large/execute", new { }, Cancellation);
        run.StatusCode.ShouldBe(HttpStatusCode.OK);
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed}");
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<string>("select sub_status from elsa.instances where definition_id = 'large'")).ShouldBe("Finished");
    }

    [Theory]
    [InlineData(10_000, 1, "Activity 'a4999' is one more than the 5000 that a definition may have.")]
    [InlineData(5_000, 2_500, "Most of it is activity 'flow'.")]
    [InlineData(1, 10_000_000, "Most of it is activity 'a0'.")]
    public async Task Definition_ThatIsTooLarge_IsRefusedByTheActivity(int activities, int length, string reason)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan;

        using var response = await client.PostAsync("workflow-definitions", Body(Row("too-large", activities, length)), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["errors"]!["model"]![0]!.GetValue<string>().ShouldEndWith(reason);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.definitions where definition_id = 'too-large'")).ShouldBe(0);
    }

    /// <summary>One activity after the other, each with a text of its own.</summary>
    private static string Row(string definitionId, int activities, int length)
    {
        var names = Enumerable.Range(0, activities).Select(number => $"a{number}").ToArray();
        return Chart(definitionId, [.. names.Select(name => Activity(name, "Elsa.SetName", ("value", Literal(name + new string('x', length)))))], [.. names.Zip(names.Skip(1), (from, to) => $"{from}>{to}")]);
    }

    private static StringContent Body(string model) => new($$"""{"model":{{model}},"publish":true}""", Encoding.UTF8, "application/json");

    private static string Nested(int levels) =>
        """{"definitionId":"bad-nested","root":""" + string.Concat(Enumerable.Range(0, levels).Select(level => $$"""{"id":"s{{level}}","type":"Elsa.Sequence","activities":[""")) + string.Concat(Enumerable.Repeat("]}", levels)) + "}";
}
