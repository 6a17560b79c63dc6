using System.Collections.Concurrent;
using System.Diagnostics;
using TongBan.Host.Demo;
using TongBan.Host.Start;

namespace TongBan.Benchmarks;

/// <summary>Whole cases over HTTP on a host with a durable private PostgreSQL: opened, received, decided, delivered, archived.</summary>
internal static class CasesBenchmark
{
    private static readonly string[] Staff = ["clerk.city", "approver.boluo", "approver.city", "logistics.city"];

    public static async Task<int> RunAsync(int count)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tongban-benchmark-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var host = await RunningHost.StartAsync(
                ["--environment=Development", "--urls=http://127.0.0.1:0", $"--TongBan:DataDirectory={folder}", "--TongBan:Sandbox:Delay=00:00:00"],
                StartScreen.Silent);
            await MeasureAsync(host.Address, count);
            Console.WriteLine($"resident: {Process.GetCurrentProcess().WorkingSet64 / 1024 / 1024} MB (host and driver)");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string address, int count)
    {
        using var admin = new DemoPerson(address, "admin");
        var staff = Staff.Select(name => new DemoPerson(address, name)).ToList();
        foreach (var person in staff.Append(admin))
            await person.SignInAsync();

        var cases = Enumerable.Range(0, (count + 2) / 3).SelectMany(_ => DemoCase.OfEachMode()).Take(count).ToList();
        var opening = new ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (@case, _) =>
        {
            var started = Stopwatch.GetTimestamp();
            await @case.OpenAsync(staff[0]);
            opening.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        });
        Console.WriteLine($"opened:   {count} cases in {watch.Elapsed.TotalSeconds:0.0} s; {Percentiles(opening)}");

        var desk = new DemoDesk(cases, admin);
        while (cases.Any(@case => !@case.IsArchived))
        {
            await Task.WhenAll(staff.Select(desk.WorkAsync));
            foreach (var @case in cases.Where(@case => !@case.IsArchived))
            {
                if ((await admin.GetAsync($"/api/cases/{@case.Number}")).GetProperty("state").GetString() == "archived")
                    @case.Archived();
            }
        }

        Console.WriteLine($"archived: {count} cases in {watch.Elapsed.TotalSeconds:0.0} s = {count / watch.Elapsed.TotalSeconds:0.0} cases/s");
        staff.ForEach(person => person.Dispose());
    }

    private static string Percentiles(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return $"p50 {sorted[sorted.Length / 2]:0} ms, p95 {sorted[sorted.Length * 95 / 100]:0} ms, p99 {sorted[sorted.Length * 99 / 100]:0} ms";
    }
}
