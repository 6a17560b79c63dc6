using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TongBan.Host.People;
using Xunit;

namespace TongBan.Host.Tests.Pages;

/// <summary>The machine's Chromium, to look at a host's pages with.</summary>
/// <param name="address">Where the host listens; a request to anywhere else fails the test.</param>
internal sealed class Browser(string address) : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>Milliseconds; so long that only something stuck reaches it, on a loaded machine too.</summary>
    private const float Stuck = 90_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new browser session of somebody who signed in; skips the test where there is no Chromium.</summary>
    public async Task<IPage> SignInPageAsync(string userName)
    {
        var page = await OpenAsync("/");
        await page.GetByLabel("用户名").FillAsync(userName);
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(DevelopmentUsers.Password);
        await page.GetByLabel("密码", new() { Exact = true }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^我的待办", RegexOptions.None, TimeSpan.FromSeconds(1)) }).WaitForAsync();
        return page;
    }

    /// <summary>A page of a new browser session; skips the test where there is no Chromium.</summary>
    public async Task<IPage> OpenAsync(string path)
    {
        Assert.SkipUnless(File.Exists(Program), $"There is no {Program}: install Debian's package chromium to run the browser tests.");
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        var context = await _browser.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = 1366, Height = 768 }, Locale = "zh-CN" });
        context.SetDefaultTimeout(Stuck);
        Assertions.SetDefaultExpectTimeout(Stuck);
        var page = await context.NewPageAsync();
        await page.RouteAsync(url => !url.StartsWith(address, StringComparison.Ordinal), route => throw new InvalidOperationException($"The page asks another host: {route.Request.Url}"));
        await page.GotoAsync(path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
