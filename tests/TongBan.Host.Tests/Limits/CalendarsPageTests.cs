using Microsoft.Playwright;
using TongBan.Host.Tests.Pages;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Limits;

/// <summary>An administrator prepares a year, checks it by eye, publishes it and takes it back.</summary>
public sealed class CalendarsPageTests(MovingBrowserFixture fixture) : IClassFixture<MovingBrowserFixture>
{
    /// <summary>As long as a page may take where machines are shared.</summary>
    private const float Patience = 30_000;

    private readonly Clocks _clocks = new(fixture, fixture.Time);

    [Fact]
    public async Task Year_ImportedWithABadLineThenPublished_IsSeenByEyeAndMovesAnOpenCase()
    {
        await _clocks.MoveToAsync("2027-09-24");
        var number = await _clocks.ReviewingAsync();
        var page = await fixture.SignInPageAsync("admin");
        await page.GetByRole(AriaRole.Link, new() { Name = "工作日历" }).ClickAsync();
        await Expect(page.GetByText("2027年的放假安排尚未公布")).ToBeVisibleAsync();
        await page.GetByLabel("年份").SelectOptionAsync("2026");
        await Expect(page.GetByText("全年 248 个工作日。")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "calendar");
        await page.GetByLabel("年份").SelectOptionAsync("2027");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "惠州市2027年" })).ToBeVisibleAsync();

        await page.GetByLabel("放假安排的文件").FillAsync("示例放假安排");
        await page.GetByLabel("日历内容").FillAsync("2027-10-01..2027-10-07, 休, 国庆节\n2027-10-05, 休, 国庆节");
        await page.GetByRole(AriaRole.Button, new() { Name = "存为草稿" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "有问题的行" }).GetByText("2027-10-05与第1行重叠。")).ToBeVisibleAsync();
        await page.GetByLabel("日历内容").FillAsync("2027-10-01..2027-10-07, 休, 国庆节\n2027-10-09, 班, 国庆节调休上班");
        await page.Keyboard.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "存为草稿" }).ClickAsync();
        await Expect(page.GetByText("全年 257 个工作日。")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(page.Locator(".month td.holiday")).ToHaveCountAsync(7);

        await page.GetByRole(AriaRole.Button, new() { Name = "公布", Exact = true }).ClickAsync();
        await Expect(page.GetByText("正在重新计算")).ToBeVisibleAsync();
        await Expect(page.GetByText("2027年的放假安排尚未公布")).ToHaveCountAsync(0);
        await Eventually.BecomesAsync(async () => (await _clocks.TimelineAsync(number, "recount")).Count, lines => lines > 0);
        await page.ReloadAsync();
        await Expect(page.GetByText("公布惠州市2027年工作日历（示例放假安排）")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "recount");

        await page.GetByRole(AriaRole.Button, new() { Name = "撤回" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "确认撤回" }).ClickAsync();
        await Expect(page.GetByText("2027年的放假安排尚未公布")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Extension_AskedAndGrantedOnThePage_AndRemindersSeen()
    {
        await _clocks.MoveToAsync("2027-11-01");
        var number = await _clocks.ReviewingAsync();
        var approver = await fixture.SignInPageAsync("approver.boluo");
        await approver.GotoAsync($"/cases/{number}");
        await approver.GetByRole(AriaRole.Button, new() { Name = "申请延长时限" }).ClickAsync();
        await approver.GetByLabel("延长天数").FillAsync("5");
        await approver.GetByLabel("理由（将告知申请人）").FillAsync("案情复杂");
        await approver.GetByRole(AriaRole.Button, new() { Name = "申请延长时限" }).ClickAsync();
        await Expect(approver.GetByText("待批准")).ToBeVisibleAsync();

        var head = await fixture.SignInPageAsync("head.boluo");
        await head.GetByRole(AriaRole.Region, new() { Name = "待批准的延长申请" }).GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await head.GetByRole(AriaRole.Button, new() { Name = "批准延长" }).ClickAsync();
        await Expect(head.GetByText("已批准")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(head, "extension");

        await _clocks.MoveToAsync("2027-11-23");
        await Eventually.BecomesAsync(async () => (await _clocks.TimelineAsync(number, "light")).Count, lines => lines > 0);
        var supervisor = await fixture.SignInPageAsync("supervisor");
        await Expect(supervisor.GetByRole(AriaRole.Region, new() { Name = "时限提醒" }).GetByText("红牌", new() { Exact = true }).First).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(supervisor, "reminders");
        await supervisor.GetByRole(AriaRole.Button, new() { Name = $"知道了：{number}" }).ClickAsync();
        await Expect(supervisor.GetByRole(AriaRole.Button, new() { Name = $"知道了：{number}" })).ToHaveCountAsync(0);
    }
}
