using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Cases;
using TongBan.Host.Tests.Pages;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Logistics;

/// <summary>Who holds a case's papers, seen and changed on the case's page.</summary>
public sealed class CustodyPanelTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Papers_ConfirmedAndTakenBack_AreShownWithWhoHoldsThem()
    {
        var number = await AtTheWindowAsync();
        var page = await fixture.SignInPageAsync("clerk.city");
        await page.GotoAsync("/cases/" + number);
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "纸质材料去向" });
        await Expect(panel.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("窗口");

        await panel.GetByRole(AriaRole.Button, new() { Name = "确认收到" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Button, new() { Name = "确认收到" })).ToHaveCountAsync(0);
        await panel.GetByRole(AriaRole.Button, new() { Name = "退回" }).ClickAsync();
        await Expect(panel.GetByLabel("退回理由")).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "退回" }).ClickAsync();
        await Expect(panel.GetByText("请填写退回理由")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "custody-back");
        await panel.GetByLabel("退回理由").FillAsync("申请人要留用原件");
        await panel.GetByRole(AriaRole.Button, new() { Name = "退回" }).ClickAsync();

        await Expect(panel.GetByText("已退回")).ToBeVisibleAsync();
        await Expect(panel.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("申请人");
        await panel.ScrollIntoViewIfNeededAsync();
        await BrowserFixture.PictureAsync(page, "custody");
        await Barriers.ShouldBeNoneAsync(page, "the case with its papers");
    }

    [Fact]
    public async Task Confirmation_BySomebodyElseOrTwice_IsRefused()
    {
        var number = await AtTheWindowAsync();
        var custody = await (await _counter.AsAsync("clerk.city")).GetFromJsonAsync<JsonElement>($"/api/cases/{number}/custody");
        var path = $"/api/cases/{number}/custody/{custody.GetProperty("handOvers")[0].GetProperty("id").GetString()}";

        (await PostAsync("admin", path + "/confirm")).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("clerk.city", path + "/confirm")).ShouldBe(HttpStatusCode.OK);
        (await PostAsync("clerk.city", path + "/confirm")).ShouldBe(HttpStatusCode.Conflict);

        using var manifest = await (await _counter.AsAsync("clerk.city")).GetAsync(path + ".pdf");
        manifest.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
    }

    /// <summary>A case whose originals lie at the window, to be posted.</summary>
    private async Task<string> AtTheWindowAsync()
    {
        var number = await _counter.OpenAsync(Counter.Application("SCJG-013", "441303"));
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        await _counter.TaskAsync("logistics.city", number, "post-materials");
        return number;
    }

    private async Task<HttpStatusCode> PostAsync(string person, string path)
    {
        using var response = await (await _counter.AsAsync(person)).PostAsync(path, null);
        return response.StatusCode;
    }
}
