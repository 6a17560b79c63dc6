using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Common.Models;
using Elsa.Definitions;
using Elsa.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Definitions;

public sealed class DefinitionTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Import_Repeated_MakesAVersionOnlyForAChange()
    {
        await using var runtime = new TestRuntime(database.Source);
        var first = Flows.Chart("imported", ["a"], []);
        var second = Flows.Chart("imported", ["a", "b"], ["a>b"]);

        (await runtime.PublishAsync(first)).ShouldBe(ImportOutcome.Created);
        (await runtime.PublishAsync(first)).ShouldBe(ImportOutcome.Unchanged);
        (await runtime.PublishAsync(second)).ShouldBe(ImportOutcome.Updated);
    }

    [Fact]
    public async Task Import_AfterAPersonSaved_LeavesTheEditsAlone()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("edited", ["a"], []));
        await runtime.InScopeAsync(services => services.GetRequiredService<DefinitionStore>().SaveDraftAsync(JsonDocument.Parse(Flows.Chart("edited", ["mine"], [])).RootElement, null, CancellationToken.None));

        (await runtime.PublishAsync(Flows.Chart("edited", ["theirs"], []))).ShouldBe(ImportOutcome.KeptEdits);
    }

    [Fact]
    public async Task Json_WithWhatThisHostDoesNotKnow_IsGivenBack()
    {
        await using var runtime = new TestRuntime(database.Source);
        var model = JsonNode.Parse(Flows.Chart("unknown", ["a", "x=Acme.Nope:v"], ["a>x"]))!.AsObject();
        var activities = model["root"]!["activities"]!.AsArray();
        activities[0]!["extra"] = new JsonObject { ["kept"] = true };
        activities[0]!["customProperties"] = new JsonObject { ["color"] = "red" };
        activities[0]!["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 1.5, ["y"] = -2 } } };

        var once = Write(runtime, model);
        var twice = Write(runtime, once);

        twice.ToJsonString().ShouldBe(once.ToJsonString());
        var written = once["root"]!["activities"]!.AsArray();
        written[0]!["extra"]!["kept"]!.GetValue<bool>().ShouldBeTrue();
        written[0]!["customProperties"]!["color"]!.GetValue<string>().ShouldBe("red");
        written[0]!["metadata"]!["designer"]!["position"]!["x"]!.GetValue<double>().ShouldBe(1.5);
        written[1]!["type"]!.GetValue<string>().ShouldBe("Elsa.NotFoundActivity");
        JsonNode.Parse(written[1]!["originalActivityJson"]!.GetValue<string>())!["type"]!.GetValue<string>().ShouldBe("Acme.Nope");
    }

    [Fact]
    public async Task Draft_SavedTwice_KeepsItsIdAndAPublishedOneIsFollowedByAnother()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.InScopeAsync(async services =>
        {
            var definitions = services.GetRequiredService<DefinitionStore>();
            var model = JsonDocument.Parse(Flows.Chart("drafts", ["a"], [])).RootElement;
            var draft = await definitions.SaveDraftAsync(model, null, CancellationToken.None);
            (await definitions.SaveDraftAsync(model, null, CancellationToken.None)).Id.ShouldBe(draft.Id);
            await definitions.PublishAsync(draft with { Revision = 2 }, CancellationToken.None);
            var next = await definitions.SaveDraftAsync(model, null, CancellationToken.None);
            next.Version.ShouldBe(2);
            (await definitions.FindAsync("drafts", VersionOptions.Published, CancellationToken.None))!.Id.ShouldBe(draft.Id);
            return true;
        });
    }

    private static JsonObject Write(TestRuntime runtime, JsonObject model)
    {
        var json = runtime.Services.GetRequiredService<DefinitionJson>();
        return json.Write(json.Read(JsonSerializer.SerializeToElement(model)));
    }
}
