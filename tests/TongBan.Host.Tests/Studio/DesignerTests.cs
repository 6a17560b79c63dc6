using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Pages;
using Xunit;

namespace TongBan.Host.Tests.Studio;

/// <summary>An administrator changes an item's own workflow with the mouse.</summary>
public sealed partial class DesignerTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Definition = "item-SCJG-001";
    private const string Forward = "forward";
    private const string Supplement = "supplement-returned";
    private const string Message = "请留意短信通知";

    [Fact]
    public async Task Palette_ActivityDraggedConnectedAndPublished_IsInTheSavedDefinition()
    {
        var api = await fixture.SignInAsync("admin");
        await CopyModeAsync(api);
        var visit = await StudioVisit.StartAsync(fixture, "/studio/definitions/" + Definition);
        await visit.CanvasShownAsync();

        var added = await DragAsync(visit, "通知申请人");
        await visit.SavingAsync(() => FillAsync(visit.Page, Message));
        // A selected node's frame lies above its ports.
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Locator(".x6-graph").First.ClickAsync(new() { Position = new() { X = 450, Y = 25 } });
        await visit.ConnectAsync(Forward, "Returned", added);
        await visit.ConnectAsync(added, "Done", Supplement);
        await BrowserFixture.PictureAsync(visit.Page, "studio-changed");
        await visit.SavingAsync(() => visit.Page.Locator(".mud-toolbar button.mud-icon-button.mud-primary-text").First.ClickAsync());

        var saved = (await api.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/by-definition-id/{Definition}?versionOptions=Published"))!;
        var activity = saved["root"]!["activities"]!.AsArray().Single(one => (string?)one!["id"] == added)!;
        ((string?)activity["type"]).ShouldBe("TongBan.NotifyApplicant");
        ((string?)activity["text"]!["expression"]!["value"]).ShouldBe(Message);
        Lines(saved).ShouldContain($"{Forward}.Returned > {added}", StringComparer.Ordinal);
        Lines(saved).ShouldContain($"{added}.Done > {Supplement}", StringComparer.Ordinal);
        visit.ShouldHaveNoComplaints();
    }

    /// <summary>A copy of a mode in which one outcome leads nowhere yet, so that its port is free.</summary>
    private static async Task CopyModeAsync(HttpClient api)
    {
        var model = (await api.GetFromJsonAsync<JsonObject>("/elsa/api/workflow-definitions/by-definition-id/mode-2?versionOptions=Published"))!;
        model.Remove("id");
        model.Remove("links");
        model["definitionId"] = Definition;
        model["name"] = "设立登记（试改）";
        var lines = model["root"]!["connections"]!.AsArray();
        lines.Remove(lines.Single(line => (string?)line!["source"]!["activity"] == Forward && (string?)line["source"]!["port"] == "Returned"));
        using var answer = await api.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model, publish = false });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Drags an activity into a free place of the canvas.</summary>
    /// <returns>The new node's id.</returns>
    private static async Task<string> DragAsync(StudioVisit visit, string activity)
    {
        var before = await IdsAsync(visit);
        await visit.Page.Locator(".mud-expand-panel-header", new() { HasText = "通办" }).ClickAsync();
        var item = visit.Page.Locator("[draggable='true']", new() { HasTextRegex = new Regex($"^\\s*{activity}\\s*$", RegexOptions.None, TimeSpan.FromSeconds(1)) });
        await item.ScrollIntoViewIfNeededAsync();
        await visit.SavingAsync(() => item.DragToAsync(visit.Page.Locator(".x6-graph").First, new() { TargetPosition = new() { X = 413, Y = 281 } }));
        return (await IdsAsync(visit)).Except(before, StringComparer.Ordinal).Single();
    }

    private static async Task<string[]> IdsAsync(StudioVisit visit) =>
        await visit.Nodes.EvaluateAllAsync<string[]>("nodes => nodes.map(node => node.getAttribute('data-cell-id'))");

    /// <summary>The field of the selected activity's text; its label is not bound to it.</summary>
    private static async Task FillAsync(IPage page, string text)
    {
        var field = page.Locator(".mud-input-control:not(:has(.mud-input-control))", new() { Has = page.Locator("label", new() { HasTextRegex = Content() }) }).Locator("textarea").First;
        await field.FillAsync(text);
        await field.PressAsync("Tab");
    }

    private static IEnumerable<string> Lines(JsonObject definition) => definition["root"]!["connections"]!.AsArray()
        .Select(line => $"{line!["source"]!["activity"]}.{line["source"]!["port"]} > {line["target"]!["activity"]}");

    [GeneratedRegex("^内容$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Content();
}
