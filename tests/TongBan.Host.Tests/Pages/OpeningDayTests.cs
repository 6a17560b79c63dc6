using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Sandbox;
using TongBan.Host.Tests.Cases;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>The city's first case, walked on the pages by everybody who has a part in it.</summary>
public sealed class OpeningDayTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task OpeningDayCase_FromTheCounterToTheAnsweredRating_WalksOnThePages()
    {
        var clerk = await fixture.SignInPageAsync("clerk.city");
        var secret = await (await CounterTests.OpenCaseAsync(clerk)).InnerTextAsync();
        var number = new Uri(clerk.Url).Segments[^1];
        await HandInAsync(clerk);
        await PressAsync(clerk, "材料已齐");
        await PressAsync(clerk, "受理");
        await Expect(clerk.GetByRole(AriaRole.Link, new() { Name = "受理通知书" })).ToBeVisibleAsync();

        var approver = await fixture.SignInPageAsync("approver.boluo");
        await approver.GotoAsync($"/cases/{number}");
        await approver.GetByRole(AriaRole.Button, new() { Name = "签收", Exact = true }).ClickAsync();
        await approver.GetByRole(AriaRole.Button, new() { Name = "材料1.pdf" }).First.ClickAsync();
        await Expect(approver.Locator(".viewer iframe")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(approver, "desk-case");
        await approver.GetByRole(AriaRole.Button, new() { Name = "准予", Exact = true }).ClickAsync();
        await approver.GetByLabel("批文或证照编号").FillAsync("博市监内资准字〔2026〕第1号（样例）");
        await BrowserFixture.ChooseAsync(approver.GetByLabel("选择结果文件"), new FilePayload { Name = "营业执照.pdf", MimeType = "application/pdf", Buffer = SamplePdf.Of("licence") });
        await Expect(approver.GetByText("营业执照.pdf")).ToBeVisibleAsync();
        await approver.GetByRole(AriaRole.Button, new() { Name = "确认：准予" }).ClickAsync();
        await Expect(approver.GetByText("博市监内资准字").First).ToBeVisibleAsync();

        var counter = new Counter(fixture);
        await counter.TaskAsync("logistics.city", number, "dispatch");
        var logistics = await fixture.SignInPageAsync("logistics.city");
        await logistics.GotoAsync("/logistics");
        await Expect(logistics.GetByRole(AriaRole.Button, new() { Name = $"办件 {number} 已交寄" })).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(logistics, "logistics-tasks");
        await logistics.GetByRole(AriaRole.Button, new() { Name = $"办件 {number} 已交寄" }).PressAsync("Enter");
        await Expect(logistics.GetByText($"办件 {number} 的邮件已登记交寄")).ToBeVisibleAsync();
        (await counter.EndsAsync(number)).ShouldBe("archived");
        await logistics.GetByLabel("扫描或输入运单号、办件编号").FillAsync(await WaybillAsync(number));
        await logistics.Keyboard.PressAsync("Enter");
        await logistics.WaitForURLAsync(new Regex($"/cases/{number}", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await RateAsync(number, secret);
        var supervisor = await fixture.SignInPageAsync("supervisor");
        await supervisor.GotoAsync("/supervision/ratings");
        await supervisor.GetByRole(AriaRole.Group, new() { Name = number }).GetByRole(AriaRole.Button, new() { Name = "核查并答复" }).ClickAsync();
        await supervisor.GetByLabel("属实", new() { Exact = true }).CheckAsync();
        await supervisor.GetByLabel("核查情况").FillAsync("当日窗口排队较长");
        await supervisor.GetByRole(AriaRole.Button, new() { Name = "办结核查" }).ClickAsync();
        await Expect(supervisor.GetByText("评价属实的，请填写整改措施").First).ToBeVisibleAsync();
        await supervisor.GetByLabel("整改措施").FillAsync("高峰时增开窗口");
        await supervisor.GetByLabel("给评价人的答复").FillAsync("已增开窗口，感谢您的意见");
        await BrowserFixture.PictureAsync(supervisor, "rating-check");
        await supervisor.GetByRole(AriaRole.Button, new() { Name = "办结核查" }).ClickAsync();
        await Expect(supervisor.GetByText("已答复")).ToBeVisibleAsync();

        var track = await TrackAsync(number, secret);
        await Expect(track.GetByText("已增开窗口，感谢您的意见")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Supplement_AskedForOnce_IsListedOnItsPaperAndSupplied()
    {
        var clerk = await fixture.SignInPageAsync("clerk.city");
        await CounterTests.OpenCaseAsync(clerk);
        await HandInAsync(clerk);
        await PressAsync(clerk, "材料已齐");
        await PressAsync(clerk, "要求补正");
        await clerk.GetByRole(AriaRole.Group, new() { Name = "缺少或需更正的材料" }).GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await clerk.GetByLabel("理由或说明").FillAsync("签字页不清晰");
        await clerk.GetByRole(AriaRole.Button, new() { Name = "确认：要求补正" }).ClickAsync();

        await Expect(clerk.GetByRole(AriaRole.Link, new() { Name = "补正通知书" })).ToBeVisibleAsync();
        await PressAsync(clerk, "补正已齐");
        await Expect(clerk.GetByText("材料未齐：")).ToBeVisibleAsync();
        await UploadAsync(clerk, clerk.Locator(".checklist > li").First, "补正.pdf");
        await PressAsync(clerk, "补正已齐");
        await Expect(clerk.GetByRole(AriaRole.Group, new() { Name = "审查并决定是否受理" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Refusal_WithItsReason_PrintsThePaperWithTheSameBytesAgain()
    {
        var clerk = await fixture.SignInPageAsync("clerk.city");
        await CounterTests.OpenCaseAsync(clerk);
        var number = new Uri(clerk.Url).Segments[^1];
        await HandInAsync(clerk);
        await PressAsync(clerk, "材料已齐");
        await PressAsync(clerk, "不予受理");
        await clerk.GetByLabel("理由或说明").FillAsync("申请事项依法不属于本机关职权范围");
        await clerk.GetByRole(AriaRole.Button, new() { Name = "确认：不予受理" }).ClickAsync();

        await Expect(clerk.GetByRole(AriaRole.Link, new() { Name = "不予受理决定书" })).ToBeVisibleAsync();
        var first = await clerk.APIRequest.GetAsync($"/api/cases/{number}/documents/refusal.pdf");
        var second = await clerk.APIRequest.GetAsync($"/api/cases/{number}/documents/refusal.pdf");
        (await first.BodyAsync()).ShouldBe(await second.BodyAsync());
    }

    [Fact]
    public async Task Upload_ConnectionDroppedInTheMiddle_GoesOnWhereItWas()
    {
        var clerk = await fixture.SignInPageAsync("clerk.city");
        await CounterTests.OpenCaseAsync(clerk);
        var parts = new List<string>();
        var broken = false;
        await clerk.RouteAsync(new Regex("/uploads/", RegexOptions.None, TimeSpan.FromSeconds(1)), async route =>
        {
            if (route.Request.Method == "PATCH" && route.Request.Headers["upload-offset"] != "0" && !broken)
            {
                broken = true;
                await route.AbortAsync();
                return;
            }

            if (route.Request.Method == "PATCH")
                parts.Add(route.Request.Headers["upload-offset"]);
            await route.ContinueAsync();
        });
        var entry = clerk.Locator(".checklist > li").First;
        var large = SamplePdf.Of("large").Concat(new byte[700 * 1024]).ToArray();

        await entry.GetByLabel("为“", new() { Exact = false }).SetInputFilesAsync(new FilePayload { Name = "大文件.pdf", MimeType = "application/pdf", Buffer = large });

        await Expect(entry.GetByRole(AriaRole.Button, new() { Name = "大文件.pdf" })).ToBeVisibleAsync();
        broken.ShouldBeTrue();
        parts.ShouldBe(parts.Distinct(StringComparer.Ordinal), "no part was sent twice");
        parts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Import_WithThreeBadRows_NamesThemAndStoresTheRest()
    {
        const string Csv = "事项编码,事项名称,条线,承诺时限,法定时限\r\nPG-1,页面导入事项,气象,5,20\r\nPG-2,坏行甲,没有的条线,5,20\r\nPG-3,坏行乙,气象,30,20\r\nPG-4,坏行丙,气象,很久,20\r\n";
        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/items/import");
        await BrowserFixture.ChooseAsync(page.GetByLabel("选择文件"), new FilePayload { Name = "事项.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(Csv) });

        var problems = page.GetByRole(AriaRole.Table, new() { Name = "有问题的行" });
        await Expect(problems.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        await BrowserFixture.PictureAsync(page, "import-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "跳过有问题的行" }).ClickAsync();
        await Expect(page.GetByText("导入完成：新增 1 项")).ToBeVisibleAsync();
    }

    private async Task RateAsync(string number, string secret)
    {
        var page = await TrackAsync(number, secret);
        await BrowserFixture.PictureAsync(page, "track");
        await Barriers.ShouldBeNoneAsync(page, "the applicant's page on a phone");
        await page.GetByLabel("不满意", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "提交评价" }).ClickAsync();
        await Expect(page.GetByText("已收到您的评价，谢谢。")).ToBeVisibleAsync();
    }

    private async Task<IPage> TrackAsync(string number, string secret)
    {
        var page = await fixture.OpenAsync("/track?number=" + number);
        await page.SetViewportSizeAsync(390, 844);
        await page.GetByLabel("查询密码").FillAsync(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "查询" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "文书下载" })).ToBeVisibleAsync();
        return page;
    }

    private async Task<string> WaybillAsync(string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return await connection.QueryFirstAsync<string>("select waybill from tongban.shipments where case_number = @number and waybill is not null", new { number });
    }

    /// <summary>A file for each required entry.</summary>
    private static async Task HandInAsync(IPage page)
    {
        var missing = page.Locator(".checklist > li.missing");
        await Expect(missing.First).ToBeVisibleAsync();
        for (var left = await missing.CountAsync(); left > 0; left--)
        {
            await UploadAsync(page, missing.First, $"材料{left}.pdf");
            await Expect(missing).ToHaveCountAsync(left - 1);
        }
    }

    private static async Task UploadAsync(IPage page, ILocator entry, string name)
    {
        await entry.GetByLabel("为“", new() { Exact = false }).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/pdf", Buffer = SamplePdf.Of(name) });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = name })).ToBeVisibleAsync();
    }

    /// <summary>By the keyboard: the button takes the focus and Enter presses it.</summary>
    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).PressAsync("Enter");
}
