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
    public async Task Json_OfAnUnknownActivityThatWasMoved_KeepsWhereItIsNowAndTheOriginal()
    {
        await using var runtime = new TestRuntime(database.Source);
        var model = JsonNode.Parse(Flows.Chart("moved", ["x=Acme.Nope:v"], []))!.AsObject();
        model["root"]!["activities"]![0]!["metadata"] = JsonNode.Parse("""{"displayText":"Mine","designer":{"position":{"x":1,"y":2}}}""");
        var once = Write(runtime, model);
        var placeholder = once["root"]!["activities"]![0]!;
        var original = placeholder["originalActivityJson"]!.GetValue<string>();
        placeholder["metadata"]!["designer"]!["position"]!["x"] = 300;
        (placeholder["id"], placeholder["metadata"]!["note"]) = ("copied", "new");

        var written = Write(runtime, once)["root"]!["activities"]![0]!;

        written["id"]!.GetValue<string>().ShouldBe("copied");
        written["metadata"]!["designer"]!["position"]!["x"]!.GetValue<int>().ShouldBe(300);
        written["metadata"]!["note"]!.GetValue<string>().ShouldBe("new");
        written["metadata"]!["displayText"]!.GetValue<string>().ShouldBe("Not Found: Acme.Nope");
        written["originalActivityJson"]!.GetValue<string>().ShouldBe(original);
    }

    [Fact]
    public async Task Json_OfAnActivityThatIsKnownAgain_IsTheOriginalWhereThePlaceholderWas()
    {
        await using var runtime = new TestRuntime(database.Source);
        var model = JsonNode.Parse(Flows.Chart("known-again", ["x=Acme.Nope:v"], []))!.AsObject();
        model["root"]!["activities"]![0]!["metadata"] = JsonNode.Parse("""{"displayText":"Mine"}""");
        var once = Write(runtime, model);
        var placeholder = once["root"]!["activities"]![0]!;
        placeholder["originalActivityJson"] = placeholder["originalActivityJson"]!.GetValue<string>().Replace("Acme.Nope", "Elsa.WriteLine", StringComparison.Ordinal);
        placeholder["metadata"]!["designer"] = JsonNode.Parse("""{"position":{"x":300,"y":2}}""");

        var written = Write(runtime, once)["root"]!["activities"]![0]!;

        written["type"]!.GetValue<string>().ShouldBe("Elsa.WriteLine");
        written["metadata"]!["designer"]!["position"]!["x"]!.GetValue<int>().ShouldBe(300);
        written["metadata"]!["displayText"]!.GetValue<string>().ShouldBe("Mine");
        written["metadata"]!["description"].ShouldBeNull();
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
