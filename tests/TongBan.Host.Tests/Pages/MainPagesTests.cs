using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>Every main page in both languages, light and dark, on a counter's screen and on a tablet: nothing keeps anybody from using it.</summary>
public sealed class MainPagesTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("clerk.city", "/", "work")]
    [InlineData("clerk.city", "/counter", "counter-empty")]
    [InlineData("clerk.city", "/queue", "queue")]
    [InlineData("clerk.city", "/cases", "cases")]
    [InlineData("approver.boluo", "/", "desk")]
    [InlineData("logistics.city", "/logistics", "logistics")]
    [InlineData("supervisor", "/supervision", "dashboard")]
    [InlineData("supervisor", "/supervision/ratings", "ratings")]
    [InlineData("supervisor", "/governance", "governance")]
    [InlineData("admin", "/admin/items", "items")]
    [InlineData("admin", "/admin/items/SCJG-001", "item")]
    [InlineData("admin", "/admin/items/import", "import")]
    [InlineData("admin", "/admin/places", "places")]
    [InlineData("admin", "/admin/users", "users")]
    [InlineData("admin", "/admin/calendars", "calendars")]
    [InlineData("admin", "/admin/partners", "partners")]
    [InlineData("admin", "/admin/workflows", "workflows")]
    [InlineData("supervisor", "/incidents", "incidents")]
    [InlineData("admin", "/sessions", "sessions")]
    [InlineData("admin", "/admin/papers", "papers")]
    [InlineData("admin", "/admin/retention", "retention")]
    public async Task Page_InEveryLook_HasNoSeriousBarrier(string user, string path, string picture)
    {
        await new Counter(fixture).AcceptedAsync();
        var page = await fixture.SignInPageAsync(user);
        await page.GotoAsync(path);
        await LookAsync(page, picture);
    }

    [Theory]
    [InlineData("clerk.city", "case-clerk")]
    [InlineData("approver.boluo", "case-approver")]
    [InlineData("supervisor", "case-supervisor")]
    public async Task Case_InEveryLook_HasNoSeriousBarrier(string user, string picture)
    {
        var number = await new Counter(fixture).AcceptedAsync();
        var page = await fixture.SignInPageAsync(user);
        await page.GotoAsync($"/cases/{number}");
        await LookAsync(page, picture);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/track")]
    public async Task PublicPage_OnAPhone_FitsAndHasNoSeriousBarrier(string path)
    {
        var page = await fixture.OpenAsync(path);
        await page.SetViewportSizeAsync(360, 740);
        await Barriers.ShouldBeNoneAsync(page, "on a phone");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Barriers.ShouldBeNoneAsync(page, "on a phone, dark");
        await FitsAsync(page);
    }

    /// <summary>Light, dark, in English, on a tablet.</summary>
    private static async Task LookAsync(IPage page, string picture)
    {
        await SettledAsync(page);
        await FitsAsync(page);
        await BrowserFixture.PictureAsync(page, picture);
        await Barriers.ShouldBeNoneAsync(page, "Chinese, light");

        await page.GetByRole(AriaRole.Button, new() { Name = "深色显示" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "浅色显示" })).ToBeVisibleAsync();
        await Barriers.ShouldBeNoneAsync(page, "Chinese, dark");
        await BrowserFixture.PictureAsync(page, picture + "-dark");

        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "中文" })).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(820, 1180);
        await SettledAsync(page);
        await FitsAsync(page);
        await Barriers.ShouldBeNoneAsync(page, "English, dark, on a tablet");
        await BrowserFixture.PictureAsync(page, picture + "-en");
    }

    /// <summary>Nobody has to scroll sideways; a table that is wider scrolls by itself.</summary>
    private static async Task FitsAsync(IPage page) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{page.Url} is too wide");

    private static async Task SettledAsync(IPage page)
    {
        await Expect(page.Locator("main h1").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
    }
}
