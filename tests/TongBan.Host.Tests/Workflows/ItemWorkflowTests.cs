using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Workflows;

/// <summary>An item's own workflow: made, compared, used by new cases only, and given up.</summary>
public sealed class ItemWorkflowTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Show_ItemAsShipped_HasTheModes()
    {
        var shown = await ShowAsync("SCJG-005");

        (shown.GetProperty("definitionId").GetString(), shown.GetProperty("inherited").GetBoolean(), shown.GetProperty("publishedVersion").GetInt32()).ShouldBe(("mode-3", true, 1));
    }

    [Fact]
    public async Task Customize_Twice_IsOwnOnceAndThenAConflict()
    {
        var admin = await fixture.SignInAsync("admin");

        using var first = await admin.PostAsync("/api/items/SCJG-002/workflow/customize", null);
        using var second = await admin.PostAsync("/api/items/SCJG-002/workflow/customize", null);

        first.StatusCode.ShouldBe(HttpStatusCode.Created, await first.Content.ReadAsStringAsync());
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var shown = await ShowAsync("SCJG-002");
        (shown.GetProperty("definitionId").GetString(), shown.GetProperty("inherited").GetBoolean(), shown.GetProperty("publishedVersion").GetInt32()).ShouldBe(("item-SCJG-002", false, 1));
        (await admin.GetFromJsonAsync<JsonElement>("/api/items/SCJG-002/workflow/comparison")).GetProperty("differences").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Cases_RunTheWorkflowOfTheirDay()
    {
        var counter = new Counter(fixture);
        var admin = await fixture.SignInAsync("admin");
        var before = await counter.OpenAsync();
        (await admin.PostAsync("/api/items/SCJG-001/workflow/customize", null)).Dispose();
        var during = await counter.OpenAsync();
        using var given = await admin.DeleteAsync("/api/items/SCJG-001/workflow");
        var after = await counter.OpenAsync();

        given.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await WorkflowOfAsync(before), await WorkflowOfAsync(during), await WorkflowOfAsync(after)).ShouldBe(("mode-2", "item-SCJG-001", "mode-2"));
        await counter.UploadAllAsync(during);
        (await counter.CompleteAsync("clerk.city", during, "collect-materials", "Complete")).ShouldBe("received");

        async Task<string?> WorkflowOfAsync(string number) => (await counter.CaseAsync(number)).GetProperty("workflow").GetProperty("definitionId").GetString();
    }

    [Fact]
    public async Task Compare_EditedWorkflow_SaysWhatDiffers()
    {
        var admin = await fixture.SignInAsync("admin");
        (await admin.PostAsync("/api/items/SCJG-003/workflow/customize", null)).Dispose();
        await new Designer(fixture).SaveAsync("item-SCJG-003", "item-SCJG-003", root =>
        {
            Designer.TellOnceMore(root);
            var collect = root["activities"]!.AsArray().Single(activity => activity!["id"]!.GetValue<string>() == "collect")!;
            collect["expireAfterDays"]!["expression"]!["value"] = "30";
        });

        var differences = (await admin.GetFromJsonAsync<JsonElement>("/api/items/SCJG-003/workflow/comparison")).GetProperty("differences").EnumerateArray().Select(each => each.GetProperty("message").GetString());

        differences.ShouldBe(
        [
            "增加了步骤「多通知一次」", "「收齐材料」的「等待天数」由“90”改为“30”", "删除了连线：「邀请评价」的出口「完成」→「归档」", "增加了连线：「邀请评价」的出口「完成」→「多通知一次」",
            "增加了连线：「多通知一次」的出口「完成」→「归档」",
        ]);
    }

    [Theory]
    [InlineData("clerk.city", "SCJG-001", HttpStatusCode.Forbidden)]
    [InlineData("admin", "NO-SUCH", HttpStatusCode.NotFound)]
    public async Task Customize_NotAllowedOrUnknown_IsRefused(string person, string item, HttpStatusCode expected)
    {
        using var response = await (await fixture.SignInAsync(person)).PostAsync($"/api/items/{item}/workflow/customize", null);

        response.StatusCode.ShouldBe(expected);
    }

    private async Task<JsonElement> ShowAsync(string item) => await (await fixture.SignInAsync("admin")).GetFromJsonAsync<JsonElement>($"/api/items/{item}/workflow");
}
