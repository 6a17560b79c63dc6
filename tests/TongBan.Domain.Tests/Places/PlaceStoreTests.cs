using Shouldly;
using TongBan.Domain.Places;
using Xunit;

namespace TongBan.Domain.Tests.Places;

public sealed class PlaceStoreTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    [Fact]
    public async Task All_ShippedCity_HasTheHallsAndWindowsOfTheCity()
    {
        await using var connection = database.Source.CreateConnection();

        var places = await new PlaceStore(connection).AllAsync();

        places.Divisions.Select(division => division.Name).ShouldBe(
            ["惠州市", "惠城区", "惠阳区", "博罗县", "惠东县", "龙门县", "大亚湾经济技术开发区", "仲恺高新技术产业开发区"]);
        var comprehensive = places.Halls.Where(hall => hall.Kind == PlaceKind.Comprehensive).ToList();
        comprehensive.Count.ShouldBe(8);
        comprehensive.ShouldAllBe(hall => hall.Windows.Count == 2 && hall.Windows[0].Number == 1 && hall.Sector == null);
        places.Halls.Where(hall => hall.Kind == PlaceKind.Specialist).Sum(hall => hall.Windows.Count).ShouldBeGreaterThanOrEqualTo(50);
        places.Authorities.Count.ShouldBe(places.Divisions.Count * places.Sectors.Count);
    }

    [Theory]
    [InlineData("441322-SCJG", "博罗县市场监督管理局", AuthorityChannel.Desk)]
    [InlineData("441300-SCJG", "市市场监督管理局", AuthorityChannel.Desk)]
    [InlineData("441303-SCJG", "惠阳区市场监督管理局", AuthorityChannel.System)]
    [InlineData("441323-SCJG", "惠东县市场监督管理局", AuthorityChannel.System)]
    [InlineData("441324-GJJ", "市住房公积金管理中心龙门管理部", AuthorityChannel.System)]
    public async Task FindAuthority_ShippedCode_HasItsNameAndChannel(string code, string name, AuthorityChannel channel)
    {
        await using var connection = database.Source.CreateConnection();

        var authority = (await new PlaceStore(connection).FindAuthorityAsync(code)).ShouldNotBeNull();

        (authority.Name, authority.Channel).ShouldBe((name, channel));
    }

    [Fact]
    public async Task FindHall_SpecialistHall_HasItsSectorAndWindows()
    {
        await using var connection = database.Source.CreateConnection();

        var hall = (await new PlaceStore(connection).FindHallAsync("H441300-GA")).ShouldNotBeNull();

        (hall.Division, hall.Sector, hall.Windows.Count, hall.Windows[0].Kind).ShouldBe(("441300", "GA", 4, PlaceKind.Specialist));
    }

    [Fact]
    public async Task Find_UnknownCode_IsNull()
    {
        await using var connection = database.Source.CreateConnection();
        var store = new PlaceStore(connection);

        (await store.FindHallAsync("H999999")).ShouldBeNull();
        (await store.FindDivisionAsync("999999")).ShouldBeNull();
        (await store.FindAuthorityAsync("441322-XX")).ShouldBeNull();
    }

    [Fact]
    public async Task AuthorityFor_DivisionWithoutOne_IsTheCitys()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var gone = new Npgsql.NpgsqlCommand("delete from tongban.authorities where code = '441324-SL'", connection);
        await gone.ExecuteNonQueryAsync();
        var store = new PlaceStore(connection);

        (await store.AuthorityForAsync("SL", "441324")).Value.Code.ShouldBe("441300-SL");
        (await store.AuthorityForAsync("SL", "441322")).Value.Code.ShouldBe("441322-SL");
        (await store.AuthorityForAsync("NONE", "441322")).Refusal.ShouldBe(new AuthorityMissing("NONE", "441322"));
    }
}
