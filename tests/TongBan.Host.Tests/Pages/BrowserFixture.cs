using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TongBan.Host.People;
using Xunit;

namespace TongBan.Host.Tests.Pages;

/// <summary>A whole host, and the machine's Chromium to look at its pages with.</summary>
public class BrowserFixture : HostFixture
{
    private const string Chromium = "/usr/bin/chromium";

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

    /// <summary>A page of a new browser session; a request to any other host fails the test.</summary>
    public async Task<IPage> OpenAsync(string path)
    {
        Assert.SkipUnless(File.Exists(Chromium), $"There is no {Chromium}: install Debian's package chromium to run the browser tests.");
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        var context = await _browser.NewContextAsync(new() { BaseURL = Host.Address, ViewportSize = new() { Width = 1366, Height = 768 }, Locale = "zh-CN" });
        context.SetDefaultTimeout(Stuck);
        Assertions.SetDefaultExpectTimeout(Stuck);
        var page = await context.NewPageAsync();
        await page.RouteAsync(url => !url.StartsWith(Host.Address, StringComparison.Ordinal), route => throw new InvalidOperationException($"The page asks another host: {route.Request.Url}"));
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Chooses a file at a page's own input, once the page listens to it.</summary>
    internal static async Task ChooseAsync(ILocator input, FilePayload file)
    {
        await input.EvaluateAsync("async input => { while (!('_blazorInputFileNextFileId' in input)) await new Promise(requestAnimationFrame); }");
        await input.SetInputFilesAsync(file);
    }

    /// <summary>Keeps a picture of the page for the documentation, when <c>TONGBAN_PICTURES</c> names a folder.</summary>
    internal static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("TONGBAN_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }

    public override async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
