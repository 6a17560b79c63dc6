using CsCheck;
using Shouldly;
using TongBan.Domain.Custody;
using TongBan.Domain.People;
using TongBan.Domain.Tests.TimeLimits;
using Xunit;

namespace TongBan.Domain.Tests.Custody;

/// <summary>Random histories of hand-overs: every paper has one holder, and the ledger says how it came there.</summary>
public sealed class CustodyProperties(CityDatabase database) : IClassFixture<CityDatabase>
{
    private const int Papers = 4;
    private const int Histories = 40;

    private static readonly Holder[] Holders = [Holder.Window("H441300"), Holder.Authority("441322-SCJG"), Holder.Parcel(Guid.Empty), Holder.Applicant("sample")];

    private static readonly Gen<(int From, int To, int Which)[]> History =
        Gen.Select(Gen.Int[0, Holders.Length - 1], Gen.Int[0, Holders.Length - 1], Gen.Int[1, (1 << Papers) - 1]).Array[1, 15];

    [Fact]
    public async Task Move_AnyHistory_KeepsOneHolderPerPaperAndAChainOfHandOvers() =>
        await History.SampleAsync(ReplayAsync, iter: Histories, threads: 1);

    private async Task ReplayAsync((int From, int To, int Which)[] history)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var store = new CustodyStore(connection, TimeProvider.System);
        var number = Guid.NewGuid().ToString("N");
        await SampleCases.AddAsync(connection, number);
        var expected = new Dictionary<Guid, Holder>();
        for (var paper = 0; paper < Papers; paper++)
            expected[await store.AddAsync(number, PaperKind.Material, $"M{paper}", "示例材料", Holders[^1])] = Holders[^1];
        var ids = expected.Keys.ToArray();

        foreach (var (from, to, which) in history)
        {
            var chosen = ids.Where((_, index) => (which & (1 << index)) != 0).ToArray();
            var allThere = chosen.All(id => expected[id] == Holders[from]);
            var done = await store.MoveAsync(number, chosen, Holders[from], Holders[to], null, Actor.System);

            (done is not null).ShouldBe(allThere);
            foreach (var id in allThere ? chosen : [])
                expected[id] = Holders[to];
        }

        (await store.ListAsync(number)).ToDictionary(paper => paper.Id, paper => paper.Holder).ShouldBe(expected, ignoreOrder: true);
        var holders = ids.ToDictionary(id => id, _ => Holders[^1]);
        foreach (var handOver in await store.HandOversAsync(number))
        {
            handOver.Papers.ShouldAllBe(id => holders[id] == handOver.From);
            foreach (var id in handOver.Papers)
                holders[id] = handOver.To;
        }

        holders.ShouldBe(expected, ignoreOrder: true);
    }
}
