using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Sandbox;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

public sealed class CounterTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Item = "内资有限责任公司设立登记";

    [Fact]
    public async Task Counter_ItemByPinyinToMaterialsComplete_GoesByKeyboardAndShowsOnTheTimeline()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        var secret = await OpenCaseAsync(page);
        await Expect(secret).ToHaveTextAsync(new Regex("^[2-9A-Z]{10}$", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await page.GetByRole(AriaRole.Button, new() { Name = "材料已齐" }).ClickAsync();
        await Expect(page.GetByText("材料未齐：")).ToBeVisibleAsync();
        await UploadRequiredAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "材料已齐" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "审查并决定是否受理" })).ToBeVisibleAsync();
        var timeline = page.GetByRole(AriaRole.List, new() { Name = "办理过程" });
        await Expect(timeline).ToContainTextAsync("材料收齐，收件");
        await Expect(timeline).ToContainTextAsync("出具收件凭证");
        await BrowserFixture.PictureAsync(page, "case");
    }

    [Fact]
    public async Task Finder_ArrowsAndMouse_ChooseFromTheList()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await page.GotoAsync("/counter");
        await Expect(page.GetByLabel("查找事项").First).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("nzyxzrgs");
        await Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("SCJG-002");
        await BrowserFixture.PictureAsync(page, "finder");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "内资有限责任公司变更登记" })).ToBeVisibleAsync();

        await page.GetByLabel("查找事项").First.FillAsync("SCJG-005");
        await page.GetByRole(AriaRole.Option).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "个体工商户注册登记" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Counter_NothingTyped_OffersWhatTheHallIsAskedForAndTheWindowsDay()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await OpenCaseAsync(page);
        await page.GotoAsync("/counter");

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "本窗口今天" }).GetByRole(AriaRole.Link).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "常办事项" }).GetByRole(AriaRole.Button, new() { Name = Item })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("查找事项").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = Item }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Item })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Case_WithdrawnOnThePage_ShowsItsNewState()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await OpenCaseAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "撤件", Exact = true }).ClickAsync();
        await page.GetByLabel("撤件理由").FillAsync("申请人改在别处办理");
        await page.GetByRole(AriaRole.Button, new() { Name = "确认撤件" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.List, new() { Name = "办理过程" })).ToContainTextAsync("申请人改在别处办理");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "撤件", Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task UnknownAddress_OfAPerson_IsAPageThatLeadsBack()
    {
        var page = await fixture.SignInPageAsync("clerk.city");

        var answer = await page.GotoAsync("/no-such-page");

        answer!.Status.ShouldBe(404);
        await page.GetByRole(AriaRole.Link, new() { Name = "回到首页" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "窗口收件" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Case_Reloaded_DoesNotShowTheSecretAgain()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await OpenCaseAsync(page);

        await page.ReloadAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Item })).ToBeVisibleAsync();
        await Expect(page.Locator(".secret")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Track_NumberAndSecret_ShowsProgressAndTakesOneRating()
    {
        var clerk = await fixture.SignInPageAsync("clerk.city");
        var secret = await (await OpenCaseAsync(clerk)).InnerTextAsync();
        var number = new Uri(clerk.Url).Segments[^1];

        var page = await fixture.OpenAsync("/track?number=" + number);
        await page.GetByLabel("查询密码").FillAsync(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "查询" }).ClickAsync();
        await Expect(page.GetByText("请按清单交齐材料。")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(390, 844);
        await BrowserFixture.PictureAsync(page, "track");

        await page.GetByLabel("非常满意", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "提交评价" }).ClickAsync();
        await Expect(page.GetByText("已收到您的评价，谢谢。")).ToBeVisibleAsync();
    }

    /// <summary>Opens a case with the keyboard alone; the place where its secret is shown.</summary>
    internal static async Task<ILocator> OpenCaseAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "窗口收件" }).First.ClickAsync();
        await Expect(page.GetByLabel("查找事项").First).ToBeFocusedAsync();
        // As fast as it goes: Enter comes before the list does.
        await page.Keyboard.TypeAsync("nzyxzrgs");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("单位名称")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("示例商贸有限公司（样例）");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("91350100M000100Y43");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("联系电话")).ToBeFocusedAsync();
        // An applicant who is known has the number in it already.
        await page.GetByLabel("联系电话").FillAsync("13800138000");
        await page.GetByLabel("属地（办理机关所在区划）").SelectOptionAsync("博罗县");
        await page.GetByLabel("收件地址").FillAsync("惠州市惠城区示例路1号");
        await BrowserFixture.PictureAsync(page, "counter");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex(@"/cases/\d", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return page.Locator(".secret");
    }

    private static async Task UploadRequiredAsync(IPage page)
    {
        var missing = page.Locator(".checklist > li.missing");
        for (var left = await missing.CountAsync(); left > 0; left--)
        {
            var file = new FilePayload { Name = $"材料{left}.pdf", MimeType = "application/pdf", Buffer = SamplePdf.Of($"material {left}") };
            await missing.First.GetByLabel("为“", new() { Exact = false }).SetInputFilesAsync(file);
            await Expect(missing).ToHaveCountAsync(left - 1);
        }
    }
}
