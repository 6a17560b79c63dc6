using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Papers;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>An administrator words a paper, looks at it, keeps it and puts it back.</summary>
public sealed class WordingsPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly Regex Default = new("六十日内", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Wording_TypedPreviewedKeptAndPutBack_ShowsEach()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/papers");
        await page.GetByLabel("文书", new() { Exact = true }).SelectOptionAsync("Refusal");
        await Expect(page.GetByLabel("结尾")).ToHaveValueAsync(Default);
        await page.GetByLabel("结尾").FillAsync("没有救济途径。");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByText("须告知可以申请行政复议")).ToBeVisibleAsync();

        await page.GetByLabel("结尾").FillAsync("可以依法申请行政复议或者提起行政诉讼。");
        var preview = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "预览", Exact = true }).ClickAsync(), answer => answer.Request.Method == "POST" && answer.Url.EndsWith("/preview.pdf", StringComparison.Ordinal));
        preview.Status.ShouldBe(200);
        await page.GetByRole(AriaRole.Button, new() { Name = "保存", Exact = true }).ClickAsync();
        await Expect(page.GetByText("已保存。")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "papers-changed");

        var stored = await page.APIRequest.GetAsync("/api/wordings/refusal/preview.pdf");
        string.Concat(PdfText.Lines(await stored.BodyAsync())).ShouldContain("可以依法申请行政复议或者提起行政诉讼。");
        await page.GetByRole(AriaRole.Button, new() { Name = "恢复默认文字" }).ClickAsync();
        await Expect(page.GetByText("已恢复默认文字。")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("结尾")).ToHaveValueAsync(Default);
    }

    [Fact]
    public async Task MessageWords_TypedAndKept_AreInThePreview()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/papers");
        await page.GetByLabel("通知", new() { Exact = true }).SelectOptionAsync("Pickup");
        await Expect(page.GetByLabel("邮件说明")).ToHaveValueAsync(new Regex("取件码", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.GetByLabel("邮件说明").FillAsync("请到一楼取件处领取（样例）。");
        await page.GetByLabel("短信和邮件正文").FillAsync("取件码{code}，{hall}。");
        await Expect(page.Locator("#sms")).ToContainTextAsync("取件码000000，市政务服务大厅。");
        await page.GetByRole(AriaRole.Button, new() { Name = "预览邮件" }).ClickAsync();
        await Expect(page.FrameLocator("iframe[name=message-preview]").GetByText("请到一楼取件处领取（样例）。")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "保存通知文字" }).ClickAsync();
        await Expect(page.GetByText("已保存。")).ToBeVisibleAsync();
        await page.FrameLocator("iframe[name=message-preview]").GetByText("请到一楼取件处领取（样例）。").ScrollIntoViewIfNeededAsync();
        await BrowserFixture.PictureAsync(page, "messages-changed");
        await Barriers.ShouldBeNoneAsync(page, "the words of papers and messages");
        await page.GetByRole(AriaRole.Button, new() { Name = "恢复默认通知文字" }).ClickAsync();
        await Expect(page.GetByText("已恢复默认文字。")).ToBeVisibleAsync();
    }
}
