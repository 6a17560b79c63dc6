using Dapper;
using Shouldly;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Search;
using TongBan.Domain.Places;
using TongBan.Domain.Seed;
using Xunit;

namespace TongBan.Domain.Tests.Seed;

public sealed class CitySeedTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    private static readonly ServiceItem[] Items = [.. SeedFiles.Items()];

    [Fact]
    public void Items_AsShipped_KeepTheCataloguesRules() => Items.SelectMany(ItemRules.Check).ShouldBeEmpty();

    [Fact]
    public void Items_AsShipped_CoverModesSectorsAndBothChannels()
    {
        var channels = SeedFiles.Places().Authorities().ToLookup(authority => authority.Sector, authority => authority.Channel, StringComparer.Ordinal);

        Items.Length.ShouldBe(1087);
        Items.Count(item => item.Scope == ItemScope.Comprehensive).ShouldBe(733);
        Items.Count(item => item.Scope == ItemScope.Specialist).ShouldBe(354);
        Items.DistinctBy(item => item.Name, StringComparer.Ordinal).Count().ShouldBe(Items.Length);
        Items.DistinctBy(item => item.Code, StringComparer.Ordinal).Count().ShouldBe(Items.Length);
        Items.Select(item => item.Mode).Distinct().Count().ShouldBe(3);
        Items.SelectMany(item => channels[item.Sector]).Distinct().Count().ShouldBe(2);
        Items.ShouldAllBe(item => item.Sample && item.Materials.Count >= 1 && item.Materials.Count <= 10 && item.Materials.Any(m => m.Required));
    }

    [Fact]
    public async Task Run_Again_LeavesWhatAnAdministratorChanged()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var catalogue = new CatalogueStore(connection);
        var item = (await catalogue.FindAsync("SCJG-001")).ShouldNotBeNull();
        (await catalogue.UpsertAsync(item with { PromisedDays = 3, Sample = false })).Value.ShouldBeFalse();
        await connection.ExecuteAsync("update tongban.authorities set name = '改名局' where code = '441322-SL'");

        await CitySeed.RunAsync(database.Source);

        (await catalogue.FindAsync("SCJG-001")).ShouldNotBeNull().PromisedDays.ShouldBe(3);
        (await new PlaceStore(connection).FindAuthorityAsync("441322-SL")).ShouldNotBeNull().Name.ShouldBe("改名局");
    }

    [Fact]
    public async Task Run_OpeningDayCase_IsDecidedByTheCountysAuthority()
    {
        await using var connection = await database.Source.OpenConnectionAsync();

        var item = (await new CatalogueSearch(new CatalogueIndex(), connection).FindAsync(new ItemSearch("内资有限责任公司设立登记"))).Items[0];
        var authority = await new PlaceStore(connection).AuthorityForAsync(item.Sector, "441322");

        item.Mode.ShouldBe(HandlingMode.AcceptDecideAtHome);
        authority.Value.Name.ShouldBe("博罗县市场监督管理局");
    }
}
