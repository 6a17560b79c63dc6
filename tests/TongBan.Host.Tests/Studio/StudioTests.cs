using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.People;
using TongBan.Host.Tests.Cases;
using TongBan.Host.Tests.Pages;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Studio;

/// <summary>The genuine Elsa Studio in Chromium, on this host. A request to any other host fails the test (see the fixture).</summary>
public sealed partial class StudioTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Studio_Administrator_SeesTheModesAndOpensOneInChinese()
    {
        var visit = await StudioVisit.StartAsync(fixture, "/studio");
        await visit.ListShownAsync();
        await Expect(visit.Rows.Filter(new() { HasText = "mode-" })).ToHaveCountAsync(3);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "批量操作" })).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(visit.Page, "studio-list");

        await visit.Rows.Filter(new() { HasText = "mode-2" }).ClickAsync();
        await visit.CanvasShownAsync();

        await Expect(visit.Page).ToHaveURLAsync(fixture.Host.Address + "/studio/definitions/mode-2");
        await Expect(visit.Nodes.Filter(new() { HasText = "收齐材料" })).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator(".mud-tab", new() { HasText = "属性" })).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(visit.Page, "studio-designer");
        await visit.Page.GoBackAsync();
        await visit.ListShownAsync();
        visit.ShouldHaveNoComplaints();
    }

    [Fact]
    public async Task Studio_Anonymous_SignsInAndComesBackToTheAddress()
    {
        var visit = await StudioVisit.StartAsync(fixture, "/studio/definitions/mode-1");

        await visit.CanvasShownAsync();

        await Expect(visit.Page).ToHaveURLAsync(fixture.Host.Address + "/studio/definitions/mode-1");
        visit.ShouldHaveNoComplaints();
    }

    [Fact]
    public async Task Studio_Clerk_IsRefused()
    {
        var visit = await StudioVisit.StartAsync(fixture, "/studio", "clerk.city");

        await Expect(visit.Page.GetByText("可换用其他用户登录")).ToBeVisibleAsync();
        await Expect(visit.Page).ToHaveURLAsync(SignInPage());
    }

    [Fact]
    public async Task Instance_OfACase_LeadsToTheCaseAndBack()
    {
        var number = await new Counter(fixture).OpenAsync();
        var visit = await StudioVisit.StartAsync(fixture, "/cases/" + number);

        await visit.Page.Locator("a[href^='/studio/instances/']").ClickAsync();
        await visit.CanvasShownAsync();
        await Expect(visit.Page.GetByText("收齐材料", new() { Exact = true }).First).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(visit.Page, "studio-instance");
        visit.ShouldHaveNoComplaints();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "办件 " + number }).ClickAsync();

        await Expect(visit.Page).ToHaveURLAsync(fixture.Host.Address + "/cases/" + number);
    }

    [Fact]
    public async Task Token_HoursLater_IsRenewedWithoutASecondSignIn()
    {
        var visit = await StudioVisit.StartAsync(fixture, "/studio/instances");
        await visit.Page.GetByText("没有运行实例").Or(visit.Rows.First).First.WaitForAsync(new() { Timeout = 90_000 });
        var renewals = 0;
        visit.Page.Request += (_, request) => renewals += request.Url.EndsWith("/studio/token", StringComparison.Ordinal) ? 1 : 0;

        await visit.Page.EvaluateAsync("() => { const now = Date.now; Date.now = () => now() + 2 * 3600_000; }");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "流程定义" }).ClickAsync();
        await visit.ListShownAsync();

        renewals.ShouldBe(1);
        visit.ShouldHaveNoComplaints();
    }

    [Fact]
    public async Task Session_Ended_IsOpenedAgainBesideTheUnsavedPage()
    {
        var visit = await StudioVisit.StartAsync(fixture, "/studio/instances");
        await visit.Page.GetByText("没有运行实例").Or(visit.Rows.First).First.WaitForAsync(new() { Timeout = 90_000 });

        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.EvaluateAsync("() => { const now = Date.now; Date.now = () => now() + 2 * 3600_000; }");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "流程定义" }).ClickAsync();
        await Expect(visit.Page.Locator("#tb-expired")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(visit.Page, "studio-session-ended");
        var signIn = await visit.Page.RunAndWaitForPopupAsync(() => visit.Page.Locator("#tb-expired a").ClickAsync());
        await signIn.GetByLabel("用户名").FillAsync("admin");
        await signIn.GetByLabel("密码", new() { Exact = true }).FillAsync(DevelopmentUsers.Password);
        await signIn.GetByLabel("密码", new() { Exact = true }).PressAsync("Enter");
        await signIn.GetByRole(AriaRole.Heading).First.WaitForAsync();
        await visit.Page.Locator("#tb-expired button").ClickAsync();

        await visit.ListShownAsync();
        await Expect(visit.Page.Locator("#tb-expired")).ToBeHiddenAsync();
    }

    [GeneratedRegex("/sign-in\\?returnUrl=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignInPage();
}
