using System.Diagnostics;
using TongBan.Host.Demo;
using TongBan.Host.Start;
using TongBan.Testing;

namespace TongBan.Benchmarks;

/// <summary>
/// Fifty clerks at work on a host of its own process: each signed in, with a circuit, opening another page every two to six seconds,
/// on the machine that also runs PostgreSQL and the clerks themselves.
/// </summary>
internal static class PagesBenchmark
{
    private const int Cases = 120;
    private const int Goal = 200;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(45);

    /// <summary>A clerk's pages, and the words that each shows when it is complete.</summary>
    private static readonly (string Name, string Path, string Words)[] Pages =
    [
        ("my work", "/", "到达时间"),
        ("counter", "/counter", "查找事项"),
        ("queue", "/queue", "等候 "),
        ("cases", "/cases", "登记时间"),
        ("a case", "/cases/{number}", "办理过程"),
        ("parcels", "/logistics", "取件货架"),
    ];

    public static async Task<int> RunAsync(int clerks)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tongban-benchmark-" + Guid.NewGuid().ToString("N"));
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var host = HostProcess.Start(typeof(Startup).Assembly.Location, "--environment=Development", "--urls=http://127.0.0.1:0", $"--TongBan:DataDirectory={folder}");
            var address = await host.ReadyAsync();
            var numbers = await FillAsync(address);
            var people = await SignInAsync(address, clerks);
            var before = host.Resident;
            var opened = new List<double>();
            foreach (var person in people)
                opened.Add(await person.OpenAsync("/", Pages[0].Words));
            Console.WriteLine($"a new tab, one after the other: {Percentiles.Of(opened)}");

            var times = (await Task.WhenAll(people.Select((person, index) => WorkAsync(person, new Random(index), numbers)))).SelectMany(each => each).ToList();
            foreach (var page in times.GroupBy(time => time.Page, StringComparer.Ordinal))
                Console.WriteLine($"  {page.Key,-8} {page.Count(),5} times: {Percentiles.Of(page.Select(time => time.Milliseconds))}");
            Console.WriteLine($"{clerks} clerks, {times.Count} pages in {Measured.TotalSeconds:0} s: {Percentiles.Of(times.Select(time => time.Milliseconds))} (goal: p95 under {Goal})");
            Console.WriteLine($"resident with {clerks} circuits: {host.Resident / 1024 / 1024} MB, before them {before / 1024 / 1024} MB");
            foreach (var person in people)
                await person.DisposeAsync();
            await host.TerminateAsync();
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Cases that wait at the city hall's window, as on a busy day.</summary>
    private static async Task<IReadOnlyList<string>> FillAsync(string address)
    {
        using var clerk = new DemoPerson(address, "clerk.city");
        await clerk.SignInAsync();
        var cases = Enumerable.Range(0, Cases / 3).SelectMany(_ => DemoCase.OfEachMode()).ToList();
        foreach (var @case in cases)
            await @case.OpenAsync(clerk);
        return [.. cases.Select(@case => @case.Number)];
    }

    private static async Task<IReadOnlyList<Clerk>> SignInAsync(string address, int count)
    {
        var clerks = new List<Clerk>();
        for (var index = 0; index < count; index++)
        {
            clerks.Add(new Clerk(address));
            await clerks[^1].SignInAsync("clerk.city");
        }

        return clerks;
    }

    private static async Task<IReadOnlyList<(string Page, double Milliseconds)>> WorkAsync(Clerk clerk, Random random, IReadOnlyList<string> numbers)
    {
        var times = new List<(string, double)>();
        var watch = Stopwatch.StartNew();
        for (var turn = random.Next(1, Pages.Length); watch.Elapsed < WarmUp + Measured; turn++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2000, 6000)));
            var (name, path, words) = Pages[turn % Pages.Length];
            var milliseconds = await clerk.GoAsync(path.Replace("{number}", numbers[random.Next(numbers.Count)], StringComparison.Ordinal), words);
            if (watch.Elapsed > WarmUp)
                times.Add((name, milliseconds));
        }

        return times;
    }
}
