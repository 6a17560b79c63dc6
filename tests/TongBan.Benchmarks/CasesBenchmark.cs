using System.Diagnostics;
using TongBan.Host.Demo;
using TongBan.Host.Start;
using TongBan.Testing;

namespace TongBan.Benchmarks;

/// <summary>The host as a process of its own with a durable private PostgreSQL: opening a case, memory after the demo, the second start.</summary>
internal static class CasesBenchmark
{
    /// <summary>Opened before the measured ones, so that code is compiled and caches are filled as in the middle of a day.</summary>
    private const int WarmUp = 30;

    private static readonly string[] Staff = ["clerk.city", "approver.boluo", "approver.city", "logistics.city"];

    public static async Task<int> RunAsync(int count)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tongban-benchmark-" + Guid.NewGuid().ToString("N"));
        try
        {
            Console.WriteLine(Machine.Describe());
            await using (var host = Start(folder))
            {
                var started = Stopwatch.GetTimestamp();
                var address = await host.ReadyAsync();
                Console.WriteLine($"first start, to ready:      {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
                await DemoAsync(address);
                Console.WriteLine($"resident after the demo:    {host.Resident / 1024 / 1024} MB (goal: at most 400)");
                Console.WriteLine($"opening a case, one client: {await OpenAsync(address, count)} (goal: p95 at most 50)");
                Console.WriteLine($"  floor, a durable commit:  {await CommitFloor.MeasureAsync(folder + "-floor", count)}");
                Console.WriteLine($"resident after {count + WarmUp + 3} cases:  {host.Resident / 1024 / 1024} MB");
                await host.TerminateAsync();
            }

            await using var again = Start(folder);
            var second = Stopwatch.GetTimestamp();
            await again.ReadyAsync();
            Console.WriteLine($"second start, to ready:     {Stopwatch.GetElapsedTime(second).TotalSeconds:0.0} s (goal: at most 10)");
            Console.WriteLine($"  floor, PostgreSQL alone:  {await CommitFloor.SecondStartAsync(folder + "-floor"):0.0} s");
            await again.TerminateAsync();
            return 0;
        }
        finally
        {
            foreach (var made in new[] { folder, folder + "-floor" }.Where(Directory.Exists))
                Directory.Delete(made, recursive: true);
        }
    }

    private static HostProcess Start(string folder) => HostProcess.Start(
        typeof(Startup).Assembly.Location, "--environment=Development", "--urls=http://127.0.0.1:0", $"--TongBan:DataDirectory={folder}");

    /// <summary>Three cases, one per mode, from the counter to the archive, as the demo plays them.</summary>
    private static async Task DemoAsync(string address)
    {
        using var admin = new DemoPerson(address, "admin");
        var staff = Staff.Select(name => new DemoPerson(address, name)).ToList();
        foreach (var person in staff.Append(admin))
            await person.SignInAsync();
        var cases = DemoCase.OfEachMode();
        var watch = Stopwatch.StartNew();
        foreach (var @case in cases)
            await @case.OpenAsync(staff[0]);
        var desk = new DemoDesk(cases, admin);
        while (cases.Any(@case => !@case.IsArchived))
        {
            foreach (var person in staff)
                await desk.WorkAsync(person);
            foreach (var @case in cases.Where(@case => !@case.IsArchived))
            {
                if ((await admin.GetAsync($"/api/cases/{@case.Number}")).GetProperty("state").GetString() == "archived")
                    @case.Archived();
            }
        }

        Console.WriteLine($"three cases to the archive: {watch.Elapsed.TotalSeconds:0.0} s, of which the sandbox partners take their time");
        staff.ForEach(person => person.Dispose());
    }

    private static async Task<Percentiles> OpenAsync(string address, int count)
    {
        using var clerk = new DemoPerson(address, "clerk.city");
        await clerk.SignInAsync();
        var cases = Enumerable.Range(0, (count + WarmUp + 2) / 3).SelectMany(_ => DemoCase.OfEachMode()).Take(count + WarmUp).ToList();
        var times = new List<double>(cases.Count);
        foreach (var @case in cases)
        {
            var started = Stopwatch.GetTimestamp();
            await @case.OpenAsync(clerk);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Percentiles.Of(times.Skip(WarmUp));
    }
}
