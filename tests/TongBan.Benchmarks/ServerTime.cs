using System.Globalization;

namespace TongBan.Benchmarks;

/// <summary>Processor time of a PostgreSQL server: its own and that of its processes, where the kernel tells it.</summary>
internal sealed class ServerTime(string dataDirectory)
{
    private const double TicksPerSecond = 100;

    /// <summary>Seconds since it started; null where there is no <c>/proc</c>.</summary>
    public double? Read()
    {
        var pidFile = Directory.EnumerateFiles(dataDirectory, "postmaster.pid", SearchOption.AllDirectories).FirstOrDefault();
        if (pidFile is null || !Directory.Exists("/proc/self"))
            return null;
        var server = File.ReadLines(pidFile).First().Trim();
        return Directory.EnumerateDirectories("/proc", "*")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(Fields)
            .Where(fields => fields.Length > 16 && (fields[0] == server || fields[3] == server))
            .Sum(Ticks) / TicksPerSecond;
    }

    /// <summary>The fields of <c>/proc/{pid}/stat</c>, see proc(5): 0 is the process, 3 its parent, 13 and 14 its time, 15 and 16 that of its ended children.</summary>
    private static string[] Fields(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var name = stat.LastIndexOf(')');
            return [stat[..stat.IndexOf(' ', StringComparison.Ordinal)], "", .. stat[(name + 2)..].Split(' ')];
        }
        catch (IOException)
        {
            return []; // It ended meanwhile.
        }
    }

    private static double Ticks(string[] fields) => fields[13..17].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture));
}
