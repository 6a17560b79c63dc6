using Microsoft.Playwright;

namespace TongBan.Host.Tests.Pages;

/// <summary>A whole host, and the machine's Chromium to look at its pages with.</summary>
public class BrowserFixture : HostFixture
{
    private Browser? _browser;

    private Browser Chromium => _browser ??= new(Host.Address);

    /// <inheritdoc cref="Browser.SignInPageAsync"/>
    public Task<IPage> SignInPageAsync(string userName) => Chromium.SignInPageAsync(userName);

    /// <inheritdoc cref="Browser.OpenAsync"/>
    public Task<IPage> OpenAsync(string path) => Chromium.OpenAsync(path);

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
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
