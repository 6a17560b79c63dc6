using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>An administrator decides which workflow handles an item.</summary>
public sealed class WorkflowsPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    /// <summary>As long as a simulation may take where machines are shared.</summary>
    private const float Simulation = 30_000;

    [Fact]
    public async Task Item_TriedComparedAndGivenUp_ByItsButtons()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GetByRole(AriaRole.Link, new() { Name = "事项流程" }).ClickAsync();
        await page.GetByLabel("按名称、编码或拼音查找事项").FillAsync("SCJG-013");
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("试运行：") }).ClickAsync();
        await Expect(page.GetByText("办到终点：已归档")).ToBeVisibleAsync(new() { Timeout = Simulation });
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "经过的步骤" }).GetByText("送达结果")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "workflows");

        await page.RunAndWaitForRequestAsync(
            () => page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("定制：") }).ClickAsync(), request => request.Url.EndsWith("/studio/definitions/item-SCJG-013", StringComparison.Ordinal));

        await page.GotoAsync("/admin/workflows");
        await page.GetByLabel("按名称、编码或拼音查找事项").FillAsync("SCJG-013");
        await page.GetByLabel("只看有自有流程的事项").CheckAsync();
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("比较：") }).ClickAsync();
        await Expect(page.GetByText("与通用流程没有差别。")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("检查与发布：") }).ClickAsync();
        await Expect(page.GetByText("第 1 版已经发布")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Starts("换用新版：") }).ClickAsync();
        await Expect(page.GetByText("没有按旧版办理的在办件。")).ToBeVisibleAsync();
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

    [Fact]
    public async Task Workflow_UnsoundDraft_GoesLiveWithAReasonAndTakesOpenCasesAlong()
    {
        const string Definition = "item-SCJG-001";
        var api = await fixture.SignInAsync("admin");
        (await api.PostAsync("/api/items/SCJG-001/workflow/customize", null)).EnsureSuccessStatusCode();
        var number = await new Counter(fixture).OpenAsync();
        var model = (await api.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/by-definition-id/{Definition}?versionOptions=Published"))!;
        model.Remove("id");
        model.Remove("links");
        var lines = model["root"]!["connections"]!.AsArray();
        lines.Remove(lines.Single(line => (string?)line!["source"]!["activity"] == "forward" && (string?)line["source"]!["port"] == "Returned"));
        (await api.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model, publish = false })).EnsureSuccessStatusCode();

        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/workflows");
        await page.GetByLabel("只看有自有流程的事项").CheckAsync();
        var row = page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("SCJG-001", RegexOptions.None, TimeSpan.FromSeconds(1)) });
        await row.GetByRole(AriaRole.Button, new() { NameRegex = Starts("检查与发布：") }).ClickAsync();
        await Expect(page.GetByText("没有接到任何步骤")).ToBeVisibleAsync();
        await page.GetByLabel("仍要发布的理由").FillAsync("退回由电话处理，试行一周");
        await page.GetByRole(AriaRole.Button, new() { Name = "仍然发布" }).ClickAsync();
        await Expect(page.GetByText("第 2 版已发布。")).ToBeVisibleAsync();

        await row.GetByRole(AriaRole.Button, new() { NameRegex = Starts("换用新版：") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = number })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "全部换用新版" }).ClickAsync();
        await Expect(page.GetByText("已换用新版；还可以撤销。")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "moves");
        await page.GetByRole(AriaRole.Button, new() { Name = "撤销", Exact = true }).ClickAsync();
        await Expect(page.GetByText("已撤销，恢复按原版办理。")).ToBeVisibleAsync();
    }

    private static Regex Starts(string text) => new("^" + text, RegexOptions.None, TimeSpan.FromSeconds(1));
}
