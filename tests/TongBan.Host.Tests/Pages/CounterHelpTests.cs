using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using TongBan.Domain.Materials.Content;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Pages;

/// <summary>What the counter's page spares the clerk: typing twice, losing what was typed, scanning twice.</summary>
public sealed class CounterHelpTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    /// <summary>A minority's name with its dot, a character beyond the basic plane, and a script of its own.</summary>
    private const string Name = "阿依古丽·麦麦提艾力·𠮷（样例）བཀྲ་ཤིས་";
    private const string IdNumber = "440524188001010014";

    [Fact]
    public async Task Applicant_WhoWasHereBefore_IsRecalledAndTheSameItemWarnedOf()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await ChooseAsync(page, "SCJG-005");
        await FillAsync(page, Name, IdNumber);
        await page.GetByRole(AriaRole.Button, new() { Name = "登记办件" }).ClickAsync();
        await Expect(page.Locator(".secret")).ToBeVisibleAsync();
        await Expect(page.GetByText(Name).First).ToBeVisibleAsync();
        var number = new Uri(page.Url).Segments[^1];

        await ChooseAsync(page, "SCJG-005");
        await page.GetByLabel("公民身份号码").FillAsync(IdNumber);

        await Expect(page.GetByText("以前来过")).ToBeVisibleAsync();
        await Expect(page.GetByText("今天已为该申请人办过同一事项")).ToContainTextAsync(number);
        await Expect(page.GetByLabel("申请人姓名")).ToHaveValueAsync(Name);
        await Expect(page.GetByLabel("联系电话")).ToHaveValueAsync("13900139000");
        await Expect(page.GetByLabel("收件地址")).ToHaveValueAsync("惠州市惠阳区示例路8号");
        await BrowserFixture.PictureAsync(page, "counter-recalled");
    }

    [Fact]
    public async Task Opening_ByADoubleClickOfANameThatIsMarkup_IsOneCaseAndShowsIt()
    {
        const string Markup = "<img src=x onerror=alert(1)>（样例）";
        var page = await fixture.SignInPageAsync("clerk.city");
        page.Dialog += (_, dialog) => throw new InvalidOperationException($"A script of the name ran: {dialog.Message}");
        await ChooseAsync(page, "SCJG-005");
        await FillAsync(page, Markup, "11010519491231002X");

        await page.GetByRole(AriaRole.Button, new() { Name = "登记办件" }).DblClickAsync();

        await Expect(page.Locator(".secret")).ToBeVisibleAsync();
        await Expect(page.GetByText(Markup).First).ToBeVisibleAsync();
        await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        await page.GotoAsync("/cases");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "onerror" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Draft_OfAPageLoadedAnew_IsThereAgainUntilItIsDiscarded()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await ChooseAsync(page, "SCJG-005");
        await page.GetByLabel("申请人姓名").FillAsync("草稿申请人（样例）");
        await page.GetByLabel("联系电话").FillAsync("13700137000");
        await page.WaitForFunctionAsync("() => Object.values(sessionStorage).some(value => value.includes('13700137000'))");

        await page.ReloadAsync();

        await Expect(page.GetByText("已恢复上次没有提交的登记")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("申请人姓名")).ToHaveValueAsync("草稿申请人（样例）");
        await Expect(page.GetByLabel("联系电话")).ToHaveValueAsync("13700137000");
        await page.GetByRole(AriaRole.Button, new() { Name = "放弃，重新登记" }).ClickAsync();
        await Expect(page.GetByLabel("申请人姓名")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Photographs_OfTwoPages_BecomeOnePdf()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await CounterTests.OpenCaseAsync(page);
        var entry = page.Locator(".checklist > li").First;
        FilePayload[] photographs = [await PhotographAsync(page, "第一页", 0), await PhotographAsync(page, "第二页", 0)];

        await entry.GetByLabel("为“", new() { Exact = false }).SetInputFilesAsync(photographs);

        await Expect(entry.GetByRole(AriaRole.Button, new() { Name = "第一页.pdf" })).ToBeVisibleAsync();
        await Expect(entry).ToContainTextAsync("2 页");
        FileNature.Of(await MaterialAsync(page)).ShouldBe(new FileNature(FileKind.Pdf, 2));
    }

    [Fact]
    public async Task Photograph_ThatLeans_IsStraightenedAndALevelOneStaysAsItIs()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await CounterTests.OpenCaseAsync(page);
        var entries = page.Locator(".checklist > li");
        var (leaning, level) = (await PhotographAsync(page, "斜", 4), await PhotographAsync(page, "平", 0));

        await entries.First.GetByLabel("为“", new() { Exact = false }).SetInputFilesAsync(leaning);
        await Expect(entries.First.GetByRole(AriaRole.Button, new() { Name = "斜.jpg" })).ToBeVisibleAsync();
        var straightened = await MaterialAsync(page);

        (await SharpnessAsync(page, straightened)).ShouldBeGreaterThan(2 * await SharpnessAsync(page, leaning.Buffer));
        await entries.Nth(1).GetByLabel("为“", new() { Exact = false }).SetInputFilesAsync(level);
        await Expect(entries.Nth(1).GetByRole(AriaRole.Button, new() { Name = "平.png" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Form_OverASlowConnection_TakesNothingAwayFromTheFieldTheClerkIsIn()
    {
        var page = await fixture.SignInPageAsync("clerk.city");
        await page.RouteWebSocketAsync(new Regex("/_blazor", RegexOptions.None, TimeSpan.FromSeconds(1)), socket =>
        {
            var host = socket.ConnectToServer();
            socket.OnMessage(Slowly(host));
            host.OnMessage(Slowly(socket));
        });
        await page.ReloadAsync();
        await ChooseAsync(page, "SCJG-005");

        await page.GetByLabel("公民身份号码").FocusAsync();
        await page.Keyboard.TypeAsync(IdNumber, new() { Delay = 60 });
        await page.Keyboard.PressAsync("Tab");

        await Expect(page.GetByLabel("公民身份号码")).ToHaveValueAsync(IdNumber);
        await Expect(page.GetByLabel("申请人姓名")).ToHaveValueAsync("");
    }

    /// <summary>Passes messages on in their order, each a while after it came.</summary>
    private static Action<IWebSocketFrame> Slowly(IWebSocketRoute to)
    {
        var sent = Task.CompletedTask;
        return frame => sent = SendAsync(sent, Task.Delay(400), to, frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text!), frame.Binary is null);
    }

    private static async Task SendAsync(Task before, Task pause, IWebSocketRoute to, byte[] message, bool isText)
    {
        await before;
        await pause;
        if (isText)
            to.Send(Encoding.UTF8.GetString(message));
        else
            to.Send(message);
    }

    private static async Task ChooseAsync(IPage page, string item)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "窗口收件" }).First.ClickAsync();
        await Expect(page.GetByLabel("查找事项").First).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(item);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("申请人姓名")).ToBeVisibleAsync();
    }

    private static async Task FillAsync(IPage page, string name, string idNumber)
    {
        await page.GetByLabel("公民身份号码").FillAsync(idNumber);
        await page.GetByLabel("申请人姓名").FillAsync(name);
        await page.GetByLabel("联系电话").FillAsync("13900139000");
        await page.GetByLabel("属地（办理机关所在区划）").SelectOptionAsync("博罗县");
        await page.GetByLabel("收件地址").FillAsync("惠州市惠阳区示例路8号");
    }

    /// <summary>A page of lines as a camera takes it, drawn by the browser.</summary>
    private static async Task<FilePayload> PhotographAsync(IPage page, string name, double degrees) => new()
    {
        Name = name + ".png", MimeType = "image/png",
        Buffer = Convert.FromBase64String(await page.EvaluateAsync<string>(
            """
            async degrees => {
                const canvas = new OffscreenCanvas(900, 1200), pen = canvas.getContext("2d");
                pen.fillStyle = "#fff"; pen.fillRect(0, 0, 900, 1200);
                pen.translate(450, 600); pen.rotate(degrees * Math.PI / 180); pen.fillStyle = "#000";
                for (let line = -400; line <= 400; line += 40) pen.fillRect(-320, line, 640, 12);
                const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
                return btoa(Array.from(bytes, one => String.fromCharCode(one)).join(""));
            }
            """,
            degrees)),
    };

    /// <summary>How much the darkness of rows differs: most where lines are level.</summary>
    private static Task<double> SharpnessAsync(IPage page, byte[] picture) => page.EvaluateAsync<double>(
        """
        async text => {
            const image = await createImageBitmap(new Blob([Uint8Array.from(atob(text), one => one.charCodeAt(0))]));
            const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
            pen.drawImage(image, 0, 0);
            const pixels = pen.getImageData(0, 0, image.width, image.height).data, rows = [];
            for (let y = 0; y < image.height; y++) {
                let dark = 0;
                for (let x = 0; x < image.width; x++) if (pixels[(y * image.width + x) * 4] < 128) dark++;
                rows.push(dark);
            }
            return rows.slice(1).reduce((sum, row, at) => sum + (row - rows[at]) ** 2, 0);
        }
        """,
        Convert.ToBase64String(picture));

    /// <summary>The bytes of the case's newest material.</summary>
    private static async Task<byte[]> MaterialAsync(IPage page)
    {
        var number = new Uri(page.Url).Segments[^1];
        var @case = (await (await page.APIRequest.GetAsync($"/api/cases/{number}")).JsonAsync<JsonElement>());
        var id = @case.GetProperty("materials").EnumerateArray().Last().GetProperty("id").GetGuid();
        return await (await page.APIRequest.GetAsync($"/api/cases/{number}/materials/{id}")).BodyAsync();
    }
}
