using TongBan.Benchmarks;

return args switch
{
    ["cases", .. var rest] => await CasesBenchmark.RunAsync(rest is [var count, ..] ? int.Parse(count, provider: null) : 60),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: cases [how many, default 60]");
    return 2;
}
