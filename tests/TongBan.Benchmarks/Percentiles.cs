using System.Globalization;

namespace TongBan.Benchmarks;

/// <summary>Times in milliseconds.</summary>
internal sealed record Percentiles(double P50, double P95, double P99)
{
    public static Percentiles Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return new(At(sorted, 50), At(sorted, 95), At(sorted, 99));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {P50:0.0} ms, p95 {P95:0.0} ms, p99 {P99:0.0} ms");

    private static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length * percent / 100, sorted.Length - 1)];
}
