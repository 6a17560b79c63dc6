using Dapper;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>An administrator changes a hall's windows and hours, and an authority's name.</summary>
public sealed class PlacesPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Hall_WithMoreHoursAndWindows_IsKept()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/places");
        await page.GetByRole(AriaRole.Button, new() { Name = "修改 龙门县政务服务中心" }).ClickAsync();
        var hours = page.GetByRole(AriaRole.Group, new() { Name = "服务时段" });
        await Expect(hours.GetByLabel("星期").First).ToBeVisibleAsync();
        await hours.GetByRole(AriaRole.Button, new() { Name = "增加时段" }).ClickAsync();
        await hours.GetByLabel("星期").Last.SelectOptionAsync("7");
        await hours.GetByLabel("仅民生事项").Last.CheckAsync();
        await page.GetByLabel("窗口数").FillAsync("3");
        await page.Keyboard.PressAsync("Tab");
        await BrowserFixture.PictureAsync(page, "places-hours");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();

        await Expect(hours).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "龙门县政务服务中心" })).ToContainTextAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "修改 龙门县政务服务中心" }).ClickAsync();
        await Expect(hours.GetByLabel("星期").Last).ToHaveValueAsync("7");
        await Expect(hours.GetByLabel("仅民生事项").Last).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Authority_Renamed_IsKeptAndInTheAuditTrail()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/places");
        await page.GetByLabel("441300-SCJG 的名称").FillAsync("惠州市市场监督管理局（样例）");
        await page.Keyboard.PressAsync("Tab");

        await using var connection = await fixture.Source.OpenConnectionAsync();
        (await Eventually.BecomesAsync(
            async () => await connection.ExecuteScalarAsync<long>("select count(*) from tongban.audit where act = 'place.change' and subject = 'authority/441300-SCJG'"), count => count == 1)).ShouldBe(1);
        await page.ReloadAsync();
        await Expect(page.GetByLabel("441300-SCJG 的名称")).ToHaveValueAsync("惠州市市场监督管理局（样例）");
    }
}
