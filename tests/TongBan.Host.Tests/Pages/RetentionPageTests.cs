using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>An administrator says how long personal data is kept.</summary>
public sealed class RetentionPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Rule_IsSetChangedAndTakenAway_AndABadOneIsRefusedAtItsField()
    {
        var page = await fixture.SignInPageAsync("admin");
        await page.GotoAsync("/admin/retention");
        await Expect(page.GetByText("还没有规则")).ToBeVisibleAsync();

        await SetAsync("NO-SUCH", "365");
        await Expect(page.GetByText("没有编码为“NO-SUCH”的在用事项").First).ToBeVisibleAsync();
        await SetAsync("SCJG-001", "7");
        await Expect(page.GetByText("保存期为 30 至 36500 天").First).ToBeVisibleAsync();
        await PressWhileItMovesAsync("365");
        await Expect(RowOf("SCJG-001")).ToContainTextAsync("365 天");
        await SetAsync("SCJG-001", "730");
        await Expect(RowOf("SCJG-001")).ToContainTextAsync("730 天");
        await SetAsync("", "3650");
        await Expect(RowOf("其余全部事项")).ToContainTextAsync("3650 天");
        await page.GetByRole(AriaRole.Button, new() { Name = "取消 SCJG-001 的规则" }).ClickAsync();
        await Expect(RowOf("SCJG-001")).ToHaveCountAsync(0);

        await page.GetByLabel("办件编号").FillAsync("441300-20200101-00001");
        await page.GetByLabel("清除理由").FillAsync("当事人要求");
        await page.GetByRole(AriaRole.Button, new() { Name = "清除个人信息" }).ClickAsync();
        await Expect(page.GetByText("没有这个已归档且未清除的办件").First).ToBeVisibleAsync();

        ILocator RowOf(string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

        // The error goes when its field is left, which is when the pointer goes down on the button below.
        async Task PressWhileItMovesAsync(string days)
        {
            var button = page.GetByRole(AriaRole.Button, new() { Name = "设置", Exact = true });
            await page.GetByLabel("归档后保存天数").FillAsync(days);
            var box = (await button.BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
            await page.Mouse.DownAsync();
            await Expect(page.GetByText("保存期为 30 至 36500 天")).ToHaveCountAsync(0);
            (await button.BoundingBoxAsync())!.Y.ShouldBeLessThan(box.Y);
            await page.Mouse.UpAsync();
        }

        async Task SetAsync(string item, string days)
        {
            await page.GetByLabel("事项编码").FillAsync(item);
            await page.GetByLabel("归档后保存天数").FillAsync(days);
            await page.GetByRole(AriaRole.Button, new() { Name = "设置", Exact = true }).ClickAsync();
        }
    }
}
