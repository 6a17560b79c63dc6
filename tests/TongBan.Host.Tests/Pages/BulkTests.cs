using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Host.Tests.Cases;
using TongBan.Host.Tests.Papers;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>What is done to several cases at once.</summary>
public sealed class BulkTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Arrivals_SelectedTogether_AreAllAcknowledged()
    {
        string[] numbers = [await _counter.AcceptedAsync(), await _counter.AcceptedAsync(), await _counter.AcceptedAsync()];
        var page = await fixture.SignInPageAsync("approver.boluo");
        foreach (var number in numbers)
            await Expect(page.GetByLabel($"选择 {number}")).ToBeVisibleAsync();

        await page.GetByLabel("选择全部待签收的办件").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(@"签收所选 \d+ 件", RegexOptions.None, TimeSpan.FromSeconds(1)) }).PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status).GetByText("已签收")).ToBeVisibleAsync();
        foreach (var number in numbers)
            (await Eventually.BecomesAsync(() => _counter.StateAsync(number), state => state == "reviewing")).ShouldBe("reviewing");
        await Expect(page.GetByLabel("选择全部待签收的办件")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Parcels_SelectedTogether_StandOnOneManifest()
    {
        foreach (var waybill in (string[])["SAMPLE3001", "SAMPLE3002"])
        {
            var number = await _counter.AcceptedAsync();
            await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
            await _counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "照-" + number });
            await _counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched", new { waybill });
        }

        var page = await fixture.SignInPageAsync("logistics.city");
        await page.GotoAsync("/logistics");
        await page.GetByLabel("全选").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "制作交接清单（2 件）" }).PressAsync("Enter");
        var link = page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^打印交接清单", RegexOptions.None, TimeSpan.FromSeconds(1)) });
        await Expect(link).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "logistics-manifest");

        var pdf = await page.APIRequest.GetAsync((await link.GetAttributeAsync("href"))!);
        string.Join('\n', PdfText.Lines(await pdf.BodyAsync())).ShouldContain("SAMPLE3002");
    }
}
