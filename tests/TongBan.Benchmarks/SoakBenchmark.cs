using TongBan.Benchmarks.Soak;
using TongBan.Postgres;

namespace TongBan.Benchmarks;

/// <summary>The soak on a durable private PostgreSQL; its exit code is 0 only when every count is as it must be.</summary>
internal static class SoakBenchmark
{
    public static async Task<int> RunAsync(int cases)
    {
        var folder = Path.Combine(Path.GetTempPath(), "tongban-soak-" + Guid.NewGuid().ToString("N"));
        try
        {
            Console.WriteLine(Machine.Describe());
            await using var server = await PrivatePostgres.StartAsync(new() { DataDirectory = Path.Combine(folder, "postgres") });
            var report = await new SoakRun(new SoakOptions { Cases = cases }, server.ConnectionString, Path.Combine(folder, "host"), Console.WriteLine).RunAsync();
            Console.WriteLine(report);
            return report.IsGood ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
