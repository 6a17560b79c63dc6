using TongBan.Benchmarks;

return args switch
{
    ["cases", .. var rest] => await CasesBenchmark.RunAsync(rest is [var count, ..] ? int.Parse(count, provider: null) : 300),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: cases [how many, default 300]");
    return 2;
}
