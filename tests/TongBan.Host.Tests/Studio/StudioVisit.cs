using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.People;
using TongBan.Host.Tests.Pages;

namespace TongBan.Host.Tests.Studio;

/// <summary>Somebody at Elsa Studio, and what their browser asked for and complained about.</summary>
internal sealed class StudioVisit
{
    /// <summary>Studio is large: the first load takes seconds, more where machines are shared.</summary>
    private const float FirstLoad = 90_000;

    private readonly List<string> _complaints = [];

    private StudioVisit(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    public ILocator Nodes => Page.Locator(".x6-node");

    /// <summary>The names on the canvas, of the activities that are drawn.</summary>
    public ILocator Labels => Nodes.Locator(".activity-label");

    public ILocator Rows => Page.Locator("#tb-stage tbody .mud-table-row");

    /// <summary>Signs in on the way to the address; a request to another host fails the test.</summary>
    public static async Task<StudioVisit> StartAsync(BrowserFixture fixture, string path, string userName = "admin")
    {
        var page = await fixture.OpenAsync(path);
        await page.SetViewportSizeAsync(1600, 950);
        var visit = new StudioVisit(page);
        await page.GetByLabel("用户名").FillAsync(userName);
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(DevelopmentUsers.Password);
        await page.GetByLabel("密码", new() { Exact = true }).PressAsync("Enter");
        return visit;
    }

    public Task ListShownAsync() => Rows.First.WaitForAsync(new() { Timeout = FirstLoad });

    public Task CanvasShownAsync() => Nodes.First.WaitForAsync(new() { Timeout = FirstLoad });

    /// <summary>Does something that Studio saves, and waits until it has.</summary>
    public async Task<JsonElement> SavingAsync(Func<Task> act)
    {
        var answer = await Page.RunAndWaitForResponseAsync(act, answer => answer.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal) && answer.Request.Method == "POST");
        answer.Status.ShouldBe(200);
        return (await answer.JsonAsync()).ShouldNotBeNull();
    }

    /// <summary>The middle of a node's port.</summary>
    public async Task<(float X, float Y)> PortAsync(string node, string group, string name)
    {
        var box = (await Page.Locator($".x6-node[data-cell-id='{node}'] .x6-port-body[port-group='{group}'][port='{name}']").BoundingBoxAsync()).ShouldNotBeNull();
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    /// <summary>Draws a line from an outcome to the next node's entry.</summary>
    public async Task ConnectAsync(string node, string outcome, string next)
    {
        var from = await PortAsync(node, "out", outcome);
        var to = await PortAsync(next, "in", "In");
        await Page.Mouse.MoveAsync(from.X, from.Y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(to.X - 30, to.Y, new() { Steps = 8 });
        await Page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 5 });
        await SavingAsync(() => Page.Mouse.UpAsync());
    }

    /// <summary>Fails when the browser's console has an error.</summary>
    public void ShouldHaveNoComplaints() => _complaints.ShouldBeEmpty();
}
