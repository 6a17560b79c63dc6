using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Pages;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Studio;

/// <summary>What the page does to Studio's canvas: what is in sight is drawn first, and what is not drawn is not lost.</summary>
public sealed class CanvasTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Canvas = "(await import('/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js')).graphBindings[document.querySelector('.x6-graph').id].graph";

    [Fact]
    public async Task Canvas_OfFewActivities_DrawsTheOnesThatAreNotInSightToo()
    {
        await SaveAsync(Row("row-of-few", 30));
        var visit = await StudioVisit.StartAsync(fixture, "/studio/definitions/row-of-few");
        await visit.CanvasShownAsync();

        await Expect(visit.Labels).ToHaveCountAsync(30);
        visit.ShouldHaveNoComplaints();
    }

    [Fact]
    public async Task Canvas_OfManyActivities_DrawsTheOthersWhenTheyComeIntoView()
    {
        await SaveAsync(Row("row-of-many", 150));
        var visit = await StudioVisit.StartAsync(fixture, "/studio/definitions/row-of-many");
        await visit.CanvasShownAsync();

        // The middle of the row is in sight, its ends are not.
        await Expect(visit.Labels.Filter(new() { HasText = "step-75" })).ToHaveCountAsync(1);
        (await visit.Nodes.CountAsync()).ShouldBeLessThan(30);
        // What changes out of sight is there, as it has become, when one comes to it.
        await visit.Page.EvaluateAsync($$"""async () => { const first = {{Canvas}}.getCellById('step-0'); first.setData({ ...first.getData(), metadata: { displayText: 'changed' } }, { overwrite: true }); }""");
        await visit.Page.EvaluateAsync($$"""async () => { const graph = {{Canvas}}; graph.centerCell(graph.getCellById('step-1')); }""");
        await Expect(visit.Labels.Filter(new() { HasText = "changed" })).ToHaveCountAsync(1);
        await Expect(visit.Labels.Filter(new() { HasText = "step-2" })).ToHaveCountAsync(1);

        // Zooming out as far as it goes brings more into sight.
        var drawn = await visit.Labels.CountAsync();
        await visit.Page.Locator(".x6-graph").First.HoverAsync();
        for (var turn = 0; turn < 30; turn++)
            await visit.Page.Mouse.WheelAsync(0, 400);
        await Expect(visit.Labels.Nth(drawn)).ToBeAttachedAsync();

        await visit.SavingAsync(() => visit.Page.Locator(".mud-toolbar button.mud-icon-button.mud-primary-text").First.ClickAsync());
        JsonNode.Parse(await DrawnAsync("row-of-many"))!["activities"]!.AsArray().Select(step => (string)step!["metadata"]!["displayText"]!)
            .ShouldBe(["changed", .. Enumerable.Range(1, 149).Select(number => $"step-{number}")]);
        visit.ShouldHaveNoComplaints();
    }

    [Fact]
    public async Task Activity_WithAScript_IsSelectedAndSaysSo()
    {
        var row = Row("with-a-script", 1);
        row["root"]!["activities"]![0]!["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "'a'" } };
        await SaveAsync(row);
        var visit = await StudioVisit.StartAsync(fixture, "/studio/definitions/with-a-script");
        await visit.CanvasShownAsync();

        await visit.Labels.First.ClickAsync();

        // A name that is the same in Chinese.
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "JavaScript" })).ToBeVisibleAsync();
        visit.ShouldHaveNoComplaints();
    }

    [Fact]
    public async Task Canvas_Saved_KeepsAllOfItsActivitiesAndLines()
    {
        var row = Row("kept-as-drawn", 3);
        row["root"]!["connections"] = new JsonArray(
            new JsonObject { ["source"] = Port("step-0", "Done"), ["target"] = Port("step-1", "In"), ["vertices"] = new JsonArray(new JsonObject { ["x"] = 230, ["y"] = 90 }) },
            new JsonObject { ["source"] = Port("step-1", "Done"), ["target"] = Port("step-2", "In"), ["vertices"] = new JsonArray() });
        await SaveAsync(row);
        var before = await DrawnAsync("kept-as-drawn");
        var visit = await StudioVisit.StartAsync(fixture, "/studio/definitions/kept-as-drawn");
        await visit.CanvasShownAsync();
        await Expect(visit.Nodes).ToHaveCountAsync(3);

        await visit.SavingAsync(() => visit.Page.Locator(".mud-toolbar button.mud-icon-button.mud-primary-text").First.ClickAsync());

        (await DrawnAsync("kept-as-drawn")).ShouldBe(before);
        (await visit.Page.EvaluateAsync<string>(
            """
            async () => {
              const { readGraph } = await import('/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js');
              return [...new Set(readGraph(document.querySelector('.x6-graph').id).cells.flatMap(Object.keys))].sort().join();
            }
            """)).ShouldBe("data,position,shape,size,source,target,vertices");
        visit.ShouldHaveNoComplaints();
    }

    private async Task SaveAsync(JsonObject model) =>
        (await (await fixture.SignInAsync("admin")).PostAsJsonAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = false })).EnsureSuccessStatusCode();

    private static JsonObject Row(string definition, int activities) => new()
    {
        ["definitionId"] = definition,
        ["name"] = definition,
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray([.. Enumerable.Range(0, activities).Select(number => new JsonObject
            {
                ["id"] = $"step-{number}",
                ["type"] = "Elsa.WriteLine",
                ["metadata"] = new JsonObject { ["displayText"] = $"step-{number}", ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = number * 250, ["y"] = 0 }, ["size"] = new JsonObject { ["width"] = 200, ["height"] = 60 } } },
            })]),
        },
    };

    private static JsonObject Port(string activity, string port) => new() { ["activity"] = activity, ["port"] = port };

    /// <summary>The flowchart as it is stored.</summary>
    private async Task<string> DrawnAsync(string definition)
    {
        var stored = await (await fixture.SignInAsync("admin")).GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/by-definition-id/{definition}?versionOptions=Latest");
        return stored.ShouldNotBeNull()["root"].ShouldNotBeNull().ToJsonString();
    }
}
