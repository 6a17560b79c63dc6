using System.Text.Json;
using Spectre.Console;
using TongBan.Host.Start;

namespace TongBan.Host.Demo;

/// <summary>
/// <c>-- demo</c>: a host on a free port, and people who handle three cases over HTTP, one in each mode. Its exit code is 0
/// only when all three reached the archive.
/// </summary>
internal sealed class DemoRun(string address, TimeSpan patience)
{
    private static readonly string[] Staff = ["clerk.city", "clerk.boluo", "approver.boluo", "approver.city", "logistics.city"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Starts a host with a data folder of the demo's own, unless the settings name one, and runs the demo against it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var screen = new StartScreen();
        try
        {
            string[] own = ["--urls=http://127.0.0.1:0", "--environment=Development", .. HasDataDirectory(args) ? Array.Empty<string>() : ["--TongBan:DataDirectory=data/demo"]];
            await using var host = await RunningHost.StartAsync([.. args, .. own], screen);
            AnsiConsole.WriteLine($"ready: {host.Address}");
            return await new DemoRun(host.Address, TimeSpan.FromMinutes(5)).PlayAsync();
        }
        catch (Exception failure) when (StartFailure.Explain(failure) is { } explanation)
        {
            screen.Failed(explanation);
            return 1;
        }
    }

    /// <summary>Plays the cases to their end.</summary>
    public async Task<int> PlayAsync()
    {
        var cases = DemoCase.OfEachMode();
        using var admin = new DemoPerson(address, "admin");
        var staff = Staff.Select(name => new DemoPerson(address, name)).ToList();
        try
        {
            foreach (var person in staff.Append(admin))
                await person.SignInAsync();
            foreach (var @case in cases)
            {
                await @case.OpenAsync(staff[0]);
                AnsiConsole.WriteLine($"[{@case.Label}] {@case.Number} opened at the city hall");
            }

            await WorkAsync(cases, new DemoDesk(cases, admin), staff, admin);
            await ReportAsync(cases, admin);
            return cases.All(@case => @case.IsArchived) ? 0 : 1;
        }
        catch (DemoFailure failure)
        {
            await Console.Error.WriteLineAsync($"failed: {failure.Message}");
            return 1;
        }
        finally
        {
            staff.ForEach(person => person.Dispose());
        }
    }

    private async Task WorkAsync(IReadOnlyList<DemoCase> cases, DemoDesk desk, List<DemoPerson> staff, DemoPerson admin)
    {
        using var end = new CancellationTokenSource(patience);
        while (cases.Any(@case => !@case.IsArchived) && !end.IsCancellationRequested)
        {
            foreach (var person in staff)
            {
                await desk.WorkAsync(person);
            }

            foreach (var @case in cases.Where(@case => !@case.IsArchived))
                Show(@case, await admin.GetAsync($"/api/cases/{@case.Number}"));
            await Task.Delay(Pause);
        }
    }

    private static void Show(DemoCase @case, JsonElement view)
    {
        foreach (var entry in view.GetProperty("timeline").EnumerateArray().Skip(@case.Shown))
        {
            var why = entry.TryGetProperty("why", out var reason) && reason.GetString() is { Length: > 0 } text ? $"（{text}）" : "";
            var at = entry.GetProperty("at").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8));
            AnsiConsole.WriteLine($"[{@case.Label}] {at:HH:mm:ss} {entry.GetProperty("actorName").GetString()}：{entry.GetProperty("what").GetString()}{why}");
            @case.Shown++;
        }

        if (view.GetProperty("state").GetString() == "archived")
            @case.Archived();
    }

    private static async Task ReportAsync(IReadOnlyList<DemoCase> cases, DemoPerson admin)
    {
        var table = new Table().Border(TableBorder.Ascii).AddColumns("Case", "Mode", "Received at", "Decided by", "Delivered", "State", "Elapsed");
        foreach (var @case in cases)
        {
            var view = await admin.GetAsync($"/api/cases/{@case.Number}");
            var delivered = view.GetProperty("delivery").GetProperty("kind").GetString();
            table.AddRow(
                new[]
                {
                    @case.Number, $"{@case.Mode}", view.GetProperty("hallName").GetString()!, view.GetProperty("authorityName").GetString()!,
                    delivered!, view.GetProperty("stateName").GetString()!, $"{@case.Elapsed.TotalSeconds:0.0} s",
                }.Select(cell => new Text(cell)));
        }

        AnsiConsole.Write(table);
    }

    private static bool HasDataDirectory(string[] args) =>
        Environment.GetEnvironmentVariable("TongBan__DataDirectory") is not null || args.Any(arg => arg.StartsWith("--TongBan:DataDirectory", StringComparison.OrdinalIgnoreCase));
}
