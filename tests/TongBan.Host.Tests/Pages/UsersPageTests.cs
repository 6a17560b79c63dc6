using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>An administrator adds somebody, moves and closes the account, all on the page.</summary>
public sealed class UsersPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task User_AddedMovedAndClosed_ShowsEachOnThePage()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/users");
        await page.GetByRole(AriaRole.Button, new() { Name = "新增用户" }).ClickAsync();
        await page.GetByLabel("用户名", new() { Exact = true }).FillAsync("sample.window");
        await page.GetByLabel("姓名", new() { Exact = true }).FillAsync("新窗口人员（样例）");
        await page.GetByRole(AriaRole.Button, new() { Name = "新增", Exact = true }).ClickAsync();
        await Expect(page.GetByText("窗口人员须指定大厅")).ToBeVisibleAsync();
        await page.GetByLabel("大厅", new() { Exact = true }).SelectOptionAsync("H441300");
        await page.GetByRole(AriaRole.Button, new() { Name = "新增", Exact = true }).ClickAsync();
        await Expect(page.GetByText("sample.window 的一次性密码")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "修改 sample.window" }).ClickAsync();
        await page.Locator("form.fields").GetByLabel("岗位").SelectOptionAsync("Approver");
        await page.GetByLabel("审批部门", new() { Exact = true }).SelectOptionAsync("441322-SCJG");
        await BrowserFixture.PictureAsync(page, "users-change");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "sample.window" });
        await Expect(row).ToContainTextAsync("博罗县市场监督管理局");

        await page.GetByRole(AriaRole.Button, new() { Name = "停用 sample.window" }).ClickAsync();
        await page.GetByLabel("理由").FillAsync("离岗");
        await page.GetByRole(AriaRole.Button, new() { Name = "停用 sample.window" }).Last.ClickAsync();
        await Expect(page.GetByText("sample.window 已停用")).ToBeVisibleAsync();
        await page.GetByLabel("状态").SelectOptionAsync("Disabled");
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
    }
}
