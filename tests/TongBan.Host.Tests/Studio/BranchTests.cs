using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Pages;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Studio;

/// <summary>What stands inside an activity is drawn on a canvas of its own.</summary>
public sealed class BranchTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task EmptyBranch_Clicked_OffersWhatTheHostRunsAndKeepsTheToolsInSight()
    {
        await SaveAsync();
        var visit = await StudioVisit.StartAsync(fixture, "/studio/definitions/branches");
        await visit.CanvasShownAsync();

        await visit.Page.GetByText("否则", new() { Exact = true }).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Heading)).ToHaveTextAsync("新建“否则”分支");
        await Expect(dialog.Locator(".mud-typography-subtitle2:visible")).ToHaveTextAsync(["流程图", "顺序"]);
        await dialog.GetByText("顺序", new() { Exact = true }).ClickAsync();
        var saved = await visit.SavingAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "确定" }).ClickAsync());

        var activity = saved.GetProperty("workflowDefinition").GetProperty("root").GetProperty("activities")[0];
        activity.GetProperty("else").GetProperty("type").GetString().ShouldBe("Elsa.Sequence");
        await Expect(visit.Page.Locator("#tb-stage .mud-breadcrumbs")).ToContainTextAsync("choose: 否则");
        await Expect(visit.Page.Locator("#tb-stage .mud-toolbar").GetByText("自动保存")).ToBeInViewportAsync();
        visit.ShouldHaveNoComplaints();
    }

    private async Task SaveAsync()
    {
        var client = await fixture.SignInAsync("admin");
        var model = JsonNode.Parse(
            """
            {
              "definitionId": "branches", "name": "branches",
              "root": {
                "id": "flow", "type": "Elsa.Flowchart", "version": 1, "connections": [],
                "activities": [{
                  "id": "choose", "name": "choose", "type": "Elsa.If", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "Literal", "value": true } },
                  "metadata": { "designer": { "position": { "x": 0, "y": 0 }, "size": { "width": 200, "height": 120 } } }
                }]
              }
            }
            """);
        (await client.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model, publish = false })).EnsureSuccessStatusCode();
    }
}
