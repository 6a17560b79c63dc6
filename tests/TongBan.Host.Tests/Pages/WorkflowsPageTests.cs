using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>An administrator decides which workflow handles an item.</summary>
public sealed class WorkflowsPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Item_TriedComparedAndGivenUp_ByItsButtons()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GetByRole(AriaRole.Link, new() { Name = "事项流程" }).ClickAsync();
        await page.GetByLabel("按名称、编码或拼音查找事项").FillAsync("SCJG-013");
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("试运行：") }).ClickAsync();
        await Expect(page.GetByText("办到终点：已归档")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "经过的步骤" }).GetByText("送达结果")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "workflows");

        await page.RunAndWaitForRequestAsync(
            () => page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("定制：") }).ClickAsync(), request => request.Url.EndsWith("/studio/definitions/item-SCJG-013", StringComparison.Ordinal));

        await page.GotoAsync("/admin/workflows");
        await page.GetByLabel("只看有自有流程的事项").CheckAsync();
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("比较：") }).ClickAsync();
        await Expect(page.GetByText("与通用流程没有差别。")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("恢复为通用流程：") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "确认恢复" }).ClickAsync();
        await Expect(page.GetByText("已恢复为通用流程")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_ForAClerk_IsNotShown()
    {
        var page = await fixture.SignInPageAsync("clerk.city");

        (await page.GetByRole(AriaRole.Link, new() { Name = "事项流程" }).CountAsync()).ShouldBe(0);
        await page.GotoAsync("/admin/workflows");

        await Expect(page.GetByText("按名称、编码或拼音查找事项")).ToHaveCountAsync(0);
    }

    private static Regex Starts(string text) => new("^" + text, RegexOptions.None, TimeSpan.FromSeconds(1));
}
