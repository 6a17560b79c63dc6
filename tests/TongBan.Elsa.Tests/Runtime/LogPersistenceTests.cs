using System.Text.Json.Nodes;
using Dapper;
using Elsa.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>What a definition keeps out of the history stays out of it, and the run goes on as ever.</summary>
public sealed class LogPersistenceTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private const string Exclude = """{"evaluationMode":"Strategy","strategyType":"Elsa.Workflows.LogPersistence.Strategies.Exclude, Elsa.Workflows.Core"}""";
    private const string Include = """{"evaluationMode":"Strategy","strategyType":"Elsa.Workflows.LogPersistence.Strategies.Include, Elsa.Workflows.Core"}""";
    private const string ByScript = """{"evaluationMode":"Expression","expression":{"type":"JavaScript","value":"getCorrelationId() ? LogPersistenceMode.Include : LogPersistenceMode.Exclude"}}""";
    private const string Broken = """{"evaluationMode":"Expression","expression":{"type":"JavaScript","value":"nope.x"}}""";

    [Theory]
    [InlineData("nothing", null, null, true, true)]
    [InlineData("workflow", $$$$"""{"logPersistenceConfig":{"default":{{{{Exclude}}}}}}""", null, false, false)]
    [InlineData("activity", null, $$$$"""{"logPersistenceConfig":{"default":{{{{Exclude}}}}}}""", false, false)]
    [InlineData("activity over workflow", $$$$"""{"logPersistenceConfig":{"default":{{{{Exclude}}}}}}""", $$$$"""{"logPersistenceConfig":{"default":{{{{Include}}}}}}""", true, true)]
    [InlineData("input", null, $$$$"""{"logPersistenceConfig":{"inputs":{"script":{{{{Exclude}}}}}}}""", false, true)]
    [InlineData("output", null, $$$$"""{"logPersistenceConfig":{"outputs":{"result":{{{{Exclude}}}}}}}""", true, false)]
    [InlineData("input over activity", null, $$$$"""{"logPersistenceConfig":{"default":{{{{Exclude}}}},"inputs":{"script":{{{{Include}}}}}}}""", true, false)]
    [InlineData("script", null, $$$$"""{"logPersistenceConfig":{"default":{{{{ByScript}}}}}}""", false, false)]
    [InlineData("broken script", null, $$$$"""{"logPersistenceConfig":{"default":{{{{Broken}}}}}}""", true, true)]
    [InlineData("older form", null, """{"logPersistenceMode":{"default":"Include","inputs":{"script":"Exclude"},"outputs":{"result":"Inherit"}}}""", false, true)]
    public async Task History_KeepsWhatTheDefinitionSays(string kind, string? ofWorkflow, string? ofActivity, bool keepsInput, bool keepsOutput)
    {
        var id = "kept-" + kind.Replace(' ', '-');
        await using var runtime = new TestRuntime(database.Source);
        var activity = Activity("secret", "Elsa.RunJavaScript", ("script", Literal("setOutcome('Done'); return 'hidden'")));
        activity["customProperties"] = ofActivity is null ? new JsonObject() : JsonNode.Parse(ofActivity);
        var model = JsonNode.Parse(Chart(id, [activity, Write("told")], ["secret>told"]))!;
        model["customProperties"] = ofWorkflow is null ? new JsonObject() : JsonNode.Parse(ofWorkflow);
        await runtime.PublishAsync(model.ToJsonString());

        await runtime.StartAsync(id);

        var (input, output, outcomes, told) = await KeptAsync(runtime, id);
        (input, output).ShouldBe((keepsInput, keepsOutput));
        outcomes.ShouldBeTrue("How it left is always told.");
        told.ShouldBeTrue();
    }

    [Theory]
    [InlineData("ByNobody", null, null, null, true)]
    [InlineData("ByTheOneAround", Exclude, null, null, false)]
    [InlineData("ByTheOneUsed", null, Exclude, null, false)]
    [InlineData("ByTheOneUsedBeforeTheOneAround", Exclude, Include, null, true)]
    [InlineData("ByTheActivityBeforeBoth", Exclude, Exclude, Include, true)]
    public async Task History_OfADefinitionUsedAsAnActivity_KeepsWhatTheNearestSays(string id, string? around, string? used, string? own, bool keeps)
    {
        await using var runtime = new TestRuntime(database.Source);
        var activity = Activity("secret", "Elsa.RunJavaScript", ("script", Literal("setOutcome('Done'); return 'hidden'")));
        activity["customProperties"] = Said(own);
        var inner = JsonNode.Parse(Chart(id + "Inner", [activity, Write("told")], ["secret>told"], options: new JsonObject { ["usableAsActivity"] = true }))!;
        (inner["customProperties"], inner["name"]) = (Said(used), id + "Inner");
        var outer = JsonNode.Parse(Chart(id, [Activity("use", id + "Inner")], []))!;
        outer["customProperties"] = Said(around);
        await runtime.PublishAsync(inner.ToJsonString());
        await runtime.PublishAsync(outer.ToJsonString());

        await runtime.StartAsync(id);

        var (input, output, outcomes, told) = await KeptAsync(runtime, id);
        (input, output).ShouldBe((keeps, keeps));
        outcomes.ShouldBeTrue("How it left is always told.");
        told.ShouldBeTrue();
    }

    private static JsonObject Said(string? strategy) => strategy is null ? [] : new JsonObject { ["logPersistenceConfig"] = new JsonObject { ["default"] = JsonNode.Parse(strategy) } };

    /// <summary>What the history has of the activity <c>secret</c>: its input, its output, how it left; and whether the next one ran.</summary>
    private static Task<(bool Input, bool Output, bool Outcomes, bool Told)> KeptAsync(TestRuntime runtime, string id) => runtime.InScopeAsync(services =>
    {
        var session = services.GetRequiredService<DatabaseSession>();
        return session.InTransactionAsync(ct => session.Connection.QuerySingleAsync<(bool, bool, bool, bool)>(
            """
            select s.state ->> 'Script' is not null, s.outputs ->> 'Result' is not null, s.payload ->> 'Outcomes' is not null, t.status = 'Completed'
            from elsa.executions s join elsa.instances i on i.id = s.instance_id join elsa.executions t on t.instance_id = i.id and t.activity_id = 'told'
            where i.definition_id = @id and s.activity_id = 'secret'
            """, new { id }), CancellationToken.None);
    });
}
