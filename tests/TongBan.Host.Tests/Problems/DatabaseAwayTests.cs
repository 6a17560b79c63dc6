using System.Net;
using System.Net.Http.Json;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;
using Shouldly;
using TongBan.Host.Partners;
using TongBan.Host.Start;
using TongBan.Host.Tests.Pages;
using TongBan.Postgres;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Problems;

public sealed class DatabaseAwayTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tongban-away-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Requests_WhileTheDatabaseIsAway_Are503AndAllGoesOnWhenItIsBack()
    {
        var first = await PrivatePostgres.StartAsync(new() { DataDirectory = _folder });
        var port = new NpgsqlConnectionStringBuilder(first.ConnectionString).Port;
        await using var host = await StartHostAsync(first);
        using var client = new HttpClient { BaseAddress = new(host.Address) };
        await first.DisposeAsync();

        using var away = await client.PostAsJsonAsync("/elsa/api/identity/login", new { username = "admin", password = "x" });
        using var notReady = await client.GetAsync("/healthz/ready");
        (await notReady.Content.ReadAsStringAsync()).ShouldNotContain("127.0.0.1", customMessage: "where the database is concerns nobody outside");
        using var alive = await client.GetAsync("/healthz/live");

        away.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        away.Headers.RetryAfter.ShouldNotBeNull();
        (await away.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"database_unavailable\"");
        notReady.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var second = await PrivatePostgres.StartAsync(new() { DataDirectory = _folder, Port = port });
        using var back = await client.PostAsJsonAsync("/elsa/api/identity/login", new { username = "admin", password = "x" });
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
        var job = host.Services.GetRequiredService<IBackgroundJobClient>().Enqueue<PartnerMessageJob>(sweep => sweep.SweepAsync());
        var storage = host.Services.GetRequiredService<JobStorage>();
        await Eventually.BecomesAsync(() => Task.FromResult(storage.GetConnection().GetStateData(job)?.Name), state => state == "Succeeded");
    }

    [Fact]
    public async Task Page_WhileTheDatabaseIsAway_StaysWithWhatWasTypedAndGoesOnWhenItIsBack()
    {
        const string Name = "示例商贸有限公司（样例）";
        var first = await PrivatePostgres.StartAsync(new() { DataDirectory = _folder });
        var port = new NpgsqlConnectionStringBuilder(first.ConnectionString).Port;
        await using var host = await StartHostAsync(first);
        await using var browser = new Browser(host.Address);
        var page = await browser.SignInPageAsync("clerk.city");
        await page.GetByRole(AriaRole.Link, new() { Name = "窗口收件" }).First.ClickAsync();
        await Expect(page.GetByLabel("查找事项").First).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("SCJG-001");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("单位名称").FillAsync(Name);
        await first.DisposeAsync();

        // The page looks again, and its session is asked about, every 20 seconds: both at least twice while it is away.
        await page.WaitForTimeoutAsync(45_000);

        await Expect(page.GetByLabel("单位名称")).ToHaveValueAsync(Name);
        await page.GetByLabel("统一社会信用代码").FillAsync("91350100M000100Y43");
        await page.GetByLabel("联系电话").FillAsync("13800138000");
        await page.GetByLabel("属地（办理机关所在区划）").SelectOptionAsync("博罗县");
        await page.GetByLabel("收件地址").FillAsync("惠州市惠城区示例路1号");
        await page.GetByRole(AriaRole.Button, new() { Name = "登记办件" }).ClickAsync();
        await Expect(page.GetByText("数据库暂时连接不上")).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "database-away");

        await using var second = await PrivatePostgres.StartAsync(new() { DataDirectory = _folder, Port = port });
        await page.GetByRole(AriaRole.Button, new() { Name = "登记办件" }).ClickAsync();
        await Expect(page.Locator(".secret")).ToBeVisibleAsync();
        await Expect(page.GetByText(Name).First).ToBeVisibleAsync();
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private Task<RunningHost> StartHostAsync(PrivatePostgres database) => RunningHost.StartAsync(
        ["--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:TongBan={database.ConnectionString}", $"--TongBan:DataDirectory={_folder}/host"],
        StartScreen.Silent);
}
