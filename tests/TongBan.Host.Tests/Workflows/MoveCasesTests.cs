using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Workflows;

/// <summary>Running cases go over to a new version of their workflow, and back.</summary>
public sealed class MoveCasesTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Counter _counter = new(fixture);
    private readonly Designer _designer = new(fixture);

    [Fact]
    public async Task Move_DryRunAppliedAndUndone_KeepsWhereTheCaseIs()
    {
        var number = await OpenOnOwnAsync("SCJG-001");
        await PublishAsync("item-SCJG-001", root =>
        {
            Designer.Add(root, Designer.Notice);
            Designer.Disconnect(root, "notify-accepted", "Done");
            Designer.Connect(root, "notify-accepted", "Done", "extra");
            Designer.Connect(root, "extra", "Done", "has-originals");
        });

        var planned = await MoveAsync("item-SCJG-001", apply: false);
        var only = planned.GetProperty("cases").EnumerateArray().ShouldHaveSingleItem();
        only.GetProperty("caseNumber").GetString().ShouldBe(number);
        only.GetProperty("waitsAt").EnumerateArray().Select(name => name.GetString()).ShouldBe(["收齐材料", "等待撤件"], ignoreOrder: true);
        (only.GetProperty("moved").GetBoolean(), only.GetProperty("problems").GetArrayLength()).ShouldBe((false, 0));

        var applied = await MoveAsync("item-SCJG-001", apply: true);
        applied.GetProperty("cases")[0].GetProperty("moved").GetBoolean().ShouldBeTrue();
        (await MoveAsync("item-SCJG-001", apply: false)).GetProperty("cases").GetArrayLength().ShouldBe(0);
        using var undone = await (await fixture.SignInAsync("admin")).DeleteAsync($"/api/workflows/item-SCJG-001/moves/{applied.GetProperty("id").GetGuid()}");
        undone.StatusCode.ShouldBe(HttpStatusCode.OK, await undone.Content.ReadAsStringAsync());
        using var again = await (await fixture.SignInAsync("admin")).DeleteAsync($"/api/workflows/item-SCJG-001/moves/{applied.GetProperty("id").GetGuid()}");
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await MoveAsync("item-SCJG-001", apply: true)).GetProperty("cases")[0].GetProperty("moved").GetBoolean().ShouldBeTrue();
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        (await _counter.CompleteAsync("clerk.city", number, "accept", "Accepted")).ShouldBe("forwarded");
        (await RanAsync(number, "extra")).ShouldBe(1);
        (await RanAsync(number, "collect")).ShouldBe(1);
    }

    [Fact]
    public async Task Move_WhereTheCaseIsIsGone_StaysWithTheReason()
    {
        var number = await OpenOnOwnAsync("SCJG-002");
        await PublishAsync("item-SCJG-002", root =>
        {
            // The same work under another id is another step: nobody knows that it is the same.
            var text = root.ToJsonString().Replace("\"collect\"", "\"collect-again\"", StringComparison.Ordinal);
            var renamed = JsonNode.Parse(text)!.AsObject();
            root["activities"] = renamed["activities"]!.DeepClone();
            root["connections"] = renamed["connections"]!.DeepClone();
        });

        var applied = await MoveAsync("item-SCJG-002", apply: true);

        var only = applied.GetProperty("cases").EnumerateArray().ShouldHaveSingleItem();
        only.GetProperty("moved").GetBoolean().ShouldBeFalse();
        only.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()).ShouldBe(["正在「收齐材料」，另一版中没有这个步骤"]);
        await _counter.UploadAllAsync(number);
        (await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete")).ShouldBe("received");
    }

    private async Task<string> OpenOnOwnAsync(string item)
    {
        using var made = await (await fixture.SignInAsync("admin")).PostAsync($"/api/items/{item}/workflow/customize", null);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await _counter.OpenAsync(Counter.Application(item));
    }

    private async Task PublishAsync(string definitionId, Action<JsonObject> edit)
    {
        await _designer.SaveAsync(definitionId, definitionId, edit);
        using var response = await (await fixture.SignInAsync("admin")).PostAsJsonAsync($"/api/workflows/{definitionId}/publish", new { });
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement> MoveAsync(string definitionId, bool apply)
    {
        using var response = await (await fixture.SignInAsync("admin")).PostAsync($"/api/workflows/{definitionId}/moves?apply={apply}", null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<long> RanAsync(string number, string activity)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return await Dapper.SqlMapper.ExecuteScalarAsync<long>(
            connection, "select count(*) from elsa.executions e join tongban.cases c on c.instance_id = e.instance_id where c.number = @number and e.activity_id = @activity", new { number, activity });
    }
}
