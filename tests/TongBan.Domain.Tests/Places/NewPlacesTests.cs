using Shouldly;
using TongBan.Domain.Places;
using Xunit;

namespace TongBan.Domain.Tests.Places;

/// <summary>Places are added in transactions that the tests throw away.</summary>
public sealed class NewPlacesTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    [Fact]
    public async Task AddHall_SecondOfItsKind_IsNumberedAndServes()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var places = new NewPlaces(connection);

        var first = (await places.AddHallAsync(new NewHall(" 第二大厅（样例） ", "441322", null, 3))).Value;
        var second = (await places.AddHallAsync(new NewHall("第三大厅（样例）", "441322", null, 1))).Value;
        var specialist = (await places.AddHallAsync(new NewHall("气象分厅（样例）", "441322", "QX", 1))).Value;

        (first, second, specialist).ShouldBe(("H441322-2", "H441322-3", "H441322-QX"));
        var hall = (await new PlaceStore(connection).FindHallAsync(first)).ShouldNotBeNull();
        (hall.Name, hall.Kind, hall.Windows.Count).ShouldBe(("第二大厅（样例）", PlaceKind.Comprehensive, 3));
    }

    [Theory]
    [InlineData("", "441322", null, 1, "name")]
    [InlineData("大厅", "999999", null, 1, "division")]
    [InlineData("大厅", null, null, 1, "division")]
    [InlineData("大厅", "441322", "NOSUCH", 1, "sector")]
    [InlineData("大厅", "441322", null, 0, "windows")]
    [InlineData("大厅", "441322", null, 100, "windows")]
    public async Task AddHall_Wrong_NamesTheFieldAndStoresNothing(string name, string? division, string? sector, int windows, string field)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var before = (await new PlaceStore(connection).AllAsync()).Halls.Count;

        (await new NewPlaces(connection).AddHallAsync(new NewHall(name, division, sector, windows))).Refusal.ShouldNotBeNull().Field.ShouldBe(field);

        (await new PlaceStore(connection).AllAsync()).Halls.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("部门", "441322", null, "sector")]
    [InlineData("部门", "441322", "SCJG", "sector")]
    [InlineData("部门", "000000", "SCJG", "division")]
    [InlineData("\u0007", "441322", "SCJG", "name")]
    public async Task AddAuthority_WrongOrThereAlready_NamesTheField(string name, string division, string? sector, string field)
    {
        await using var connection = await database.Source.OpenConnectionAsync();

        (await new NewPlaces(connection).AddAuthorityAsync(new NewAuthority(name, division, sector, AuthorityChannel.Desk))).Refusal.ShouldNotBeNull().Field.ShouldBe(field);
    }
}
