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
        var days = hours.GetByLabel("星期");
        await Expect(days.First).ToBeVisibleAsync();
        var before = await days.CountAsync();
        await hours.GetByRole(AriaRole.Button, new() { Name = "增加时段" }).ClickAsync();
        await Expect(days).ToHaveCountAsync(before + 1);
        await days.Last.SelectOptionAsync("7");
        await hours.GetByLabel("仅民生事项").Last.CheckAsync();
        await page.GetByLabel("窗口数").FillAsync("3");
        await page.Keyboard.PressAsync("Tab");
        await BrowserFixture.PictureAsync(page, "places-hours");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();

        await Expect(hours).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "龙门县政务服务中心" })).ToContainTextAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "修改 龙门县政务服务中心" }).ClickAsync();
        await Expect(days.Last).ToHaveValueAsync("7");
        await Expect(hours.GetByLabel("仅民生事项").Last).ToBeCheckedAsync();
    }

    [Fact]
    public async Task HallAndAuthority_Added_AreThereWithWindowsHoursAndCodes()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/places");
        await page.GetByRole(AriaRole.Button, new() { Name = "新增大厅" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "新增大厅" });
        await form.GetByLabel("名称").FillAsync("龙门县第二政务服务中心（样例）");
        await form.GetByRole(AriaRole.Button, new() { Name = "新增" }).ClickAsync();
        await Expect(form.GetByText("请选择区划。")).ToBeVisibleAsync();
        await form.GetByLabel("所在区划").SelectOptionAsync("441324");
        await form.GetByLabel("窗口数").FillAsync("4");
        await page.Keyboard.PressAsync("Tab");
        await Barriers.ShouldBeNoneAsync(page, "a new hall");
        await form.GetByRole(AriaRole.Button, new() { Name = "新增" }).ClickAsync();
        await Expect(page.GetByText("已新增 H441324-2")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "第二政务服务中心" })).ToContainTextAsync("4");
        await page.GetByRole(AriaRole.Button, new() { Name = "修改 龙门县第二政务服务中心（样例）" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "服务时段" }).GetByLabel("星期")).ToHaveCountAsync(10);

        await page.GetByRole(AriaRole.Button, new() { Name = "新增部门" }).ClickAsync();
        var authority = page.GetByRole(AriaRole.Form, new() { Name = "新增部门" });
        await authority.GetByLabel("名称").FillAsync("市市场监督管理局（样例）");
        await authority.GetByLabel("所在区划").SelectOptionAsync("441300");
        await authority.GetByLabel("条线").SelectOptionAsync("SCJG");
        await authority.GetByRole(AriaRole.Button, new() { Name = "新增" }).ClickAsync();
        await Expect(authority.GetByText("该区划的这个条线已有审批部门。")).ToBeVisibleAsync();

        await using var connection = await fixture.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<long>("select count(*) from tongban.audit where act = 'place.add' and subject = 'hall/H441324-2'")).ShouldBe(1);
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
