using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.Cases;

/// <summary>What spares people at the window a paper or a second visit.</summary>
public sealed class WindowHelpTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string OtherPerson = "440524188001010014";

    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Open_SameItemAgainToday_IsWarnedOfWithTheOtherNumber()
    {
        var first = await _counter.OpenAsync(For("SCJG-002", OtherPerson));

        using var second = await _counter.TryOpenAsync(For("SCJG-002", OtherPerson));
        using var otherItem = await _counter.TryOpenAsync(For("SCJG-003", OtherPerson));

        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await WarningsAsync(second)).ShouldContain(one => one.Field == "itemCode" && one.Message.Contains(first, StringComparison.Ordinal));
        (await WarningsAsync(otherItem)).ShouldNotContain(one => one.Field == "itemCode");
    }

    [Fact]
    public async Task Sighted_OriginalOfAMaterial_CountsAsHandedInWithWhoAndWhere()
    {
        var (item, code) = await RequirementAsync("r.form = 'original' and r.required");
        var number = await _counter.OpenAsync(Counter.Application(item));
        var clerk = await _counter.AsAsync("clerk.city");

        using var sighted = await clerk.PostAsJsonAsync($"/api/cases/{number}/materials/sighted", new { requirementCode = code });

        sighted.StatusCode.ShouldBe(HttpStatusCode.Created, await sighted.Content.ReadAsStringAsync());
        var material = (await _counter.CaseAsync(number)).GetProperty("materials").EnumerateArray().ShouldHaveSingleItem();
        (material.GetProperty("requirementCode").GetString(), material.GetProperty("origin").GetString()).ShouldBe((code, "sighted"));
        var page = await clerk.GetByteArrayAsync($"/api/cases/{number}/materials/{material.GetProperty("id").GetGuid()}");
        var text = string.Join('\n', Papers.PdfText.Lines(page));
        text.ShouldContain("原件核验记录");
        text.ShouldContain(number);
        using var unknown = await clerk.PostAsJsonAsync($"/api/cases/{number}/materials/sighted", new { requirementCode = "no-such" });
        unknown.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Licence_OfAnEarlierCase_IsUsedAgainByTheSamePersonOnly()
    {
        var (item, code) = await RequirementAsync("r.reusable");
        var earlier = await _counter.OpenAsync(Counter.Application(item));
        (await _counter.UploadAsync(earlier, code)).Dispose();
        var (mine, others) = (await _counter.OpenAsync(Counter.Application(item)), await _counter.OpenAsync(For(item, OtherPerson)));
        var clerk = await _counter.AsAsync("clerk.city");

        var licence = (await ReusableAsync(clerk, mine)).Single(one => one.GetProperty("requirementCode").GetString() == code);
        var materialId = licence.GetProperty("id").GetGuid();
        using var used = await clerk.PostAsJsonAsync($"/api/cases/{mine}/materials/reuse", new { requirementCode = code, materialId });
        using var stolen = await clerk.PostAsJsonAsync($"/api/cases/{others}/materials/reuse", new { requirementCode = code, materialId });

        used.StatusCode.ShouldBe(HttpStatusCode.Created, await used.Content.ReadAsStringAsync());
        var (from, to) = ((await MaterialsAsync(earlier)).ShouldHaveSingleItem(), (await MaterialsAsync(mine)).ShouldHaveSingleItem());
        to.GetProperty("sha256").GetString().ShouldBe(from.GetProperty("sha256").GetString());
        to.GetProperty("origin").GetString().ShouldBe("reused");
        (await ReusableAsync(clerk, others)).ShouldBeEmpty();
        (await Counter.ProblemAsync(stolen)).Fields.ShouldBe(["materialId"]);
        (await MaterialsAsync(others)).ShouldBeEmpty();
    }

    private static Dictionary<string, object?> For(string item, string idNumber)
    {
        var application = Counter.Application(item);
        application["applicant"] = new { type = "person", name = "另一申请人（样例）", idNumber, phone = "13800000000" };
        return application;
    }

    private static async Task<List<(string Field, string Message)>> WarningsAsync(HttpResponseMessage opened) =>
        [.. (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("warnings").EnumerateArray().Select(one => (one.GetProperty("field").GetString()!, one.GetProperty("message").GetString()!))];

    private static async Task<List<JsonElement>> ReusableAsync(HttpClient clerk, string number) =>
        [.. (await clerk.GetFromJsonAsync<JsonElement>($"/api/cases/{number}/reusable")).EnumerateArray()];

    private async Task<List<JsonElement>> MaterialsAsync(string number) => [.. (await _counter.CaseAsync(number)).GetProperty("materials").EnumerateArray()];

    /// <summary>The first entry of the shipped catalogue like this, of an item that the city hall's window takes from a person by courier.</summary>
    private async Task<(string Item, string Code)> RequirementAsync(string condition)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return await connection.QueryFirstAsync<(string, string)>(
            $"""
            select r.item, r.code from tongban.material_requirements r join tongban.service_items i on i.code = r.item
            where {condition} and i.courier_allowed and i.scope = 'comprehensive' and i.target <> 'organisation' order by r.item, r.code limit 1
            """);
    }
}
