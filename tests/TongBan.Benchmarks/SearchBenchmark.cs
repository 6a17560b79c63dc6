using System.Diagnostics;
using Dapper;
using Npgsql;
using TongBan.Domain.Catalogue.Search;
using TongBan.Domain.Migrations;
using TongBan.Domain.Seed;
using TongBan.Testing;

namespace TongBan.Benchmarks;

/// <summary>How long a search takes at a counter: the city's 1,087 items, then 100,000 made of them; typed well, in part and with errors.</summary>
internal static class SearchBenchmark
{
    private const int Rounds = 30;
    private const int Many = 100_000;

    private static readonly string[] Typed =
    [
        "内资有限责任公司设立登记", "食品经营", "公积金 提取", "nzyxzrgs", "jmsfz", "spjyxk", "neiziyouxian", "zhufanggongjijin", "gjj tq", "SCJG-001", "公安 个人",
        "x", "登记", "内资有限责仁公司设立", "zhufanggonjijintiqu", "shipinjinyingxuke", "没有这样的事项",
    ];

    public static async Task<int> RunAsync()
    {
        Console.WriteLine(Machine.Describe());
        await using var database = new SearchDatabase();
        await database.InitializeAsync();
        await MeasureAsync(database.Source);
        await database.MultiplyAsync(Many);
        await MeasureAsync(database.Source);
        return 0;
    }

    private static async Task MeasureAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        using var index = new CatalogueIndex();
        var search = new CatalogueSearch(index, connection);
        var reading = Stopwatch.StartNew();
        var count = (await search.FindAsync(new ItemSearch(PageSize: 1))).Total;
        var read = reading.Elapsed;
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var typed in Typed)
            {
                var clock = Stopwatch.StartNew();
                await search.FindAsync(new ItemSearch(typed, PageSize: 13));
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        Console.WriteLine($"{count,7:N0} items: read in {read.TotalMilliseconds:N0} ms; {times.Count} searches, {Percentiles.Of(times)}");
    }

    /// <summary>The shipped city, which can be multiplied.</summary>
    private sealed class SearchDatabase : TestDatabase
    {
        internal async Task MultiplyAsync(int count)
        {
            await using var connection = await Source.OpenConnectionAsync();
            await connection.ExecuteAsync(
                """
                insert into tongban.service_items (code, name, spelling, scope, sector, type, kind, mode, legal_days, promised_days, day_kind, target,
                    fee, courier_allowed, visits, result_name, legal_basis, warning_days, workflow, active, sample)
                select i.code || '-' || n, d.name || i.name, i.spelling, i.scope, i.sector, i.type, i.kind, i.mode, i.legal_days, i.promised_days, i.day_kind,
                    i.target, i.fee, i.courier_allowed, i.visits, i.result_name, i.legal_basis, i.warning_days, i.workflow, i.active, i.sample
                from tongban.service_items i cross join generate_series(1, @copies) n
                join (select name, row_number() over (order by position) as number from tongban.divisions) d on d.number = n % 8 + 1
                order by n, i.code limit @count - (select count(*) from tongban.service_items)
                """,
                new { copies = (count / 1000) + 1, count });
        }

        protected override void Migrate(string connectionString)
        {
            if (DomainMigrations.Run(connectionString) is { Successful: false } upgrade)
                throw upgrade.Error;
            using var source = NpgsqlDataSource.Create(connectionString);
            CitySeed.RunAsync(source).GetAwaiter().GetResult();
        }
    }
}
