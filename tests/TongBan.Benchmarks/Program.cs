using System.Globalization;
using TongBan.Benchmarks;

return args switch
{
    ["cases", .. var rest] => await CasesBenchmark.RunAsync(Number(rest, 300)),
    ["bursts", .. var rest] => await BurstsBenchmark.RunAsync(Number(rest, 1_000_000)),
    ["startup", .. var rest] => await StartupBenchmark.RunAsync(Number(rest, 100_000)),
    ["timers", .. var rest] => await TimersBenchmark.RunAsync(Number(rest, 100_000)),
    ["studio", .. var rest] => await StudioBenchmark.RunAsync(Number(rest, 500)),
    ["pages", .. var rest] => await PagesBenchmark.RunAsync(Number(rest, 50)),
    ["soak", .. var rest] => await SoakBenchmark.RunAsync(Number(rest, 2_000)),
    ["search"] => await SearchBenchmark.RunAsync(),
    ["engine"] => await EngineBenchmark.RunAsync(),
    _ => Usage(),
};

static int Number(string[] rest, int otherwise) => rest is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : otherwise;

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: one of
          cases [how many, default 300]                     opening a case, memory, the second start
          bursts [most instances stored, default 1000000]   durable bursts beside the floor
          startup [how many, default 100000]                the start of a host with many cases waiting
          timers [pending, default 100000]                  ten thousand due in a minute, three hosts, one killed
          pages [clerks, default 50]                        clerks who open page after page
          soak [how many, default 2000]                     cases against partners that fail, hosts killed at random
          search                                            finding an item, at 1,087 and at 100,000
          engine                                            the engine without a database
          studio [activities, default 500]                  a large definition opened and published in Studio, in Chromium
        """);
    return 2;
}
