using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Cases;
using TongBan.Host.Tests.Pages;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Studio;

/// <summary>An administrator changes an item's own workflow with the mouse.</summary>
public sealed partial class DesignerTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Item = "SCJG-001";
    private const string Definition = "item-SCJG-001";
    private const string Forward = "forward";
    private const string Supplement = "supplement-returned";
    private const string Message = "请留意短信通知";

    [Fact]
    public async Task Palette_ActivityDraggedConnectedAndPublished_RunsInTheNextCase()
    {
        var api = await fixture.SignInAsync("admin");
        var known = await CustomiseAsync(api);
        var visit = await StudioVisit.StartAsync(fixture, "/studio/definitions/" + Definition);
        await visit.CanvasShownAsync();
        await Expect(visit.Nodes).ToHaveCountAsync(known);

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

        await StepRunsInANewCaseAsync(added);
        await DeadEndIsRefusedAsync(api, visit, saved, added);
    }

    /// <summary>A case opened at the counter now goes through the new step, and the viewer shows that it did.</summary>
    private async Task StepRunsInANewCaseAsync(string added)
    {
        var clerk = await fixture.SignInPageAsync("clerk.city");
        await CounterTests.OpenCaseAsync(clerk);
        var number = new Uri(clerk.Url).Segments[^1];
        var counter = new Counter(fixture);
        await counter.UploadAllAsync(number);
        await counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        await counter.CompleteAsync("clerk.city", number, "accept", "Accepted");
        (await counter.CompleteAsync("approver.boluo", number, "acknowledge", "Returned", new { reason = "材料不齐" })).ShouldBe("supplementing");

        var instance = (await counter.CaseAsync(number)).GetProperty("workflow").GetProperty("instanceId").GetString();
        var viewer = await StudioVisit.StartAsync(fixture, "/studio/instances/" + instance);
        await viewer.CanvasShownAsync();
        await viewer.Page.Locator($".x6-node[data-cell-id='{added}']").ClickAsync();
        await Expect(viewer.Page.Locator("#tb-stage").GetByText(Message).First).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(viewer.Page, "studio-instance");
        viewer.ShouldHaveNoComplaints();
    }

    /// <summary>A step that leads nowhere keeps the draft from going live, and Studio says which.</summary>
    private static async Task DeadEndIsRefusedAsync(HttpClient api, StudioVisit visit, JsonObject published, string added)
    {
        var lines = published["root"]!["connections"]!.AsArray();
        lines.Remove(lines.Single(line => (string?)line!["source"]!["activity"] == added));
        published.Remove("id");
        published.Remove("links");
        using (var draft = await api.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model = published, publish = false }))
            draft.EnsureSuccessStatusCode();
        await visit.Page.ReloadAsync();
        await visit.CanvasShownAsync();

        var refusal = await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Page.Locator(".mud-toolbar button.mud-icon-button.mud-primary-text").First.ClickAsync(),
            answer => answer.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal) && answer.Request.Method == "POST");

        refusal.Status.ShouldBe(400);
        await Expect(visit.Page.Locator(".mud-snackbar").First).ToContainTextAsync("通知申请人");
        await BrowserFixture.PictureAsync(visit.Page, "studio-refused");
        (await api.GetFromJsonAsync<JsonObject>($"/api/items/{Item}/workflow"))!["publishedVersion"]!.GetValue<int>().ShouldBe(2);
    }

    /// <summary>The item's own workflow, with a draft in which one outcome leads nowhere yet, so that its port is free.</summary>
    /// <returns>How many activities it has.</returns>
    private static async Task<int> CustomiseAsync(HttpClient api)
    {
        using (var customised = await api.PostAsync($"/api/items/{Item}/workflow/customize", null))
            customised.EnsureSuccessStatusCode();
        var model = (await api.GetFromJsonAsync<JsonObject>($"/elsa/api/workflow-definitions/by-definition-id/{Definition}?versionOptions=Published"))!;
        model.Remove("id");
        model.Remove("links");
        var lines = model["root"]!["connections"]!.AsArray();
        lines.Remove(lines.Single(line => (string?)line!["source"]!["activity"] == Forward && (string?)line["source"]!["port"] == "Returned"));
        using var answer = await api.PostAsJsonAsync("/elsa/api/workflow-definitions", new { model, publish = false });
        answer.EnsureSuccessStatusCode();
        return model["root"]!["activities"]!.AsArray().Count;
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
