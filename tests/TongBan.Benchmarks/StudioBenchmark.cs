using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using TongBan.Host.Demo;
using TongBan.Host.People;
using TongBan.Host.Start;
using TongBan.Testing;

namespace TongBan.Benchmarks;

/// <summary>A large definition in the genuine Studio in Chromium: opening it and publishing it with the button.</summary>
internal static class StudioBenchmark
{
    private const string Definition = "benchmark-large";
    private const string Chromium = "/usr/bin/chromium";
    private const int PerRow = 25;
    private const int Rounds = 3;
    private const float Patience = 60_000;

    /// <summary>How many activities have their middle in sight, once each of these shows its name and there is a line to each.</summary>
    private const string DrawnInSight =
        """
        () => {
          const nodes = [...document.querySelectorAll('.x6-node')];
          const inSight = nodes.filter(node => {
            const place = node.querySelector('foreignObject').getBoundingClientRect();
            return node.contains(document.elementFromPoint(place.left + place.width / 2, place.top + place.height / 2));
          });
          const lines = document.querySelectorAll('.x6-edge').length;
          return lines >= inSight.length && inSight.every(node => node.querySelector('.activity-label')) ? inSight.length : 0;
        }
        """;

    /// <summary>A click counts from the moment it has in the browser: Playwright first waits until what it clicks stands still, and moves the mouse there.</summary>
    private const string RememberClicks = "addEventListener('click', click => { window.clickedAt = click.timeStamp; }, true)";

    private const string SinceClick = "() => (performance.now() - clickedAt) / 1000";

    private const string AnsweredAfter =
        """
        () => {
          const [request] = performance.getEntriesByType('resource').filter(one => one.name.endsWith('/workflow-definitions'));
          return (request.responseEnd - clickedAt) / 1000;
        }
        """;

    public static async Task<int> RunAsync(int activities)
    {
        if (!File.Exists(Chromium))
        {
            Console.Error.WriteLine($"There is no {Chromium}: install Debian's package chromium.");
            return 1;
        }

        var folder = Path.Combine(Path.GetTempPath(), "tongban-benchmark-" + Guid.NewGuid().ToString("N"));
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var host = HostProcess.Start(typeof(Startup).Assembly.Location, "--environment=Development", "--urls=http://127.0.0.1:0", $"--TongBan:DataDirectory={folder}");
            var address = await host.ReadyAsync();
            using var admin = new DemoPerson(address, "admin");
            await admin.SignInAsync();
            await admin.PostAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = Model(activities), ["publish"] = false });
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
            var page = await (await browser.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = 1600, Height = 950 }, Locale = "zh-CN" })).NewPageAsync();
            await page.AddInitScriptAsync(RememberClicks);
            await SignInAsync(page);
            Console.WriteLine($"the server's answer to opening: {await AnswerAsync(admin, "by-definition-id/" + Definition + "?versionOptions=Latest"):0} ms");
            await OpenAsync(page);
            for (var round = 1; round <= Rounds; round++)
            {
                var (open, inSight) = await OpenAsync(page);
                Console.WriteLine($"opening {activities} activities: the {inSight} in sight and their lines drawn after {open:0.0} s (goal: under 3)");
                var (answered, told) = await PublishAsync(page, activities);
                Console.WriteLine($"publishing them: answered after {answered:0.0} s (goal: under 3), Studio says so after {told:0.0} s");
            }

            await host.TerminateAsync();
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Studio itself is loaded once, before what is measured.</summary>
    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/studio");
        await page.GetByLabel("用户名").FillAsync("admin");
        await page.GetByLabel("密码", new() { Exact = true }).FillAsync(DevelopmentUsers.Password);
        await page.GetByLabel("密码", new() { Exact = true }).PressAsync("Enter");
        await page.Locator("#tb-stage tbody .mud-table-row").First.WaitForAsync(new() { Timeout = Patience });
    }

    private static async Task<double> AnswerAsync(DemoPerson admin, string path)
    {
        await admin.GetAsync("/elsa/api/workflow-definitions/" + path);
        var started = Stopwatch.GetTimestamp();
        await admin.GetAsync("/elsa/api/workflow-definitions/" + path);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>From the list until the activities in sight are drawn; how many these are.</summary>
    private static async Task<(double Seconds, int InSight)> OpenAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "流程定义" }).ClickAsync();
        var row = page.Locator("#tb-stage tbody .mud-table-row", new() { HasText = Definition }).First;
        await row.WaitForAsync(new() { Timeout = Patience });
        await row.ClickAsync();
        var inSight = await page.WaitForFunctionAsync(DrawnInSight, null, new() { Timeout = Patience, PollingInterval = 100 });
        return (await page.EvaluateAsync<double>(SinceClick), await inSight.JsonValueAsync<int>());
    }

    /// <summary>From the click to the answer, and until Studio, which has read its catalogue and drawn everything again, says so.</summary>
    private static async Task<(double Answered, double Told)> PublishAsync(IPage page, int activities)
    {
        await page.EvaluateAsync("() => performance.clearResourceTimings()");
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.Locator(".mud-toolbar button.mud-icon-button.mud-primary-text").First.ClickAsync(),
            answer => answer.Url.EndsWith("/workflow-definitions", StringComparison.Ordinal) && answer.Request.Method == "POST",
            new() { Timeout = Patience });
        if (answer.Status != 200)
            throw new InvalidOperationException($"Publishing was answered by {answer.Status}: {await answer.TextAsync()}");
        var published = JsonNode.Parse(answer.Request.PostData!)!["model"]!["root"]!["activities"]!.AsArray().Count;
        if (published != activities)
            throw new InvalidOperationException($"Of {activities} activities Studio published {published}.");
        await page.Locator(".mud-snackbar").First.WaitForAsync(new() { Timeout = Patience });
        var told = await page.EvaluateAsync<double>(SinceClick);
        return (await page.EvaluateAsync<double>(AnsweredAfter), told);
    }

    /// <summary>A long way of texts and decisions, in rows.</summary>
    private static JsonObject Model(int activities) => new()
    {
        ["definitionId"] = Definition,
        ["name"] = Definition,
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray([.. Enumerable.Range(0, activities).Select(Activity)]),
            ["connections"] = new JsonArray([.. Enumerable.Range(1, activities - 1).Select(Line)]),
        },
    };

    private static JsonNode Activity(int number) => new JsonObject
    {
        ["id"] = $"a{number}",
        ["name"] = $"a{number}",
        ["type"] = "Elsa.WriteLine",
        ["version"] = 1,
        ["text"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = number % 5 == 0 ? "JavaScript" : "Literal", ["value"] = number % 5 == 0 ? $"'第 ' + {number} + ' 步'" : $"第 {number} 步" } },
        ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = number % PerRow * 250, ["y"] = number / PerRow * 120 }, ["size"] = new JsonObject { ["width"] = 180, ["height"] = 60 } } },
    };

    private static JsonNode Line(int number) => new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = $"a{number - 1}", ["port"] = "Done" },
        ["target"] = new JsonObject { ["activity"] = $"a{number}", ["port"] = "In" },
    };
}
