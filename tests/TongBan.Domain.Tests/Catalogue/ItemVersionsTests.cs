using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Versions;
using TongBan.Domain.People;
using Xunit;

namespace TongBan.Domain.Tests.Catalogue;

public sealed class ItemVersionsTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
    private static readonly Actor Admin = new("admin", "样例管理员", Role.Administrator);

    private readonly FakeTimeProvider _time = new(Monday);

    [Fact]
    public async Task Change_AtOnce_KeepsHowItReadBefore()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var (catalogue, versions) = Stores(connection);
        var before = (await catalogue.FindAsync("MZ-001")).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromHours(1));

        (await versions.ChangeAsync(before with { Fee = "9元" }, null, "试行", Admin)).Value.ShouldBeFalse();

        (await catalogue.FindAsync("MZ-001")).ShouldNotBeNull().Fee.ShouldBe("9元");
        (await catalogue.FindAsOfAsync("MZ-001", Monday)).ShouldNotBeNull().Fee.ShouldBe(before.Fee);
        (await catalogue.FindAsOfAsync("MZ-001", _time.GetUtcNow())).ShouldNotBeNull().Fee.ShouldBe("9元");
        (await versions.ListAsync("MZ-001")).Select(version => (version.Number, version.Content.Fee, version.Reason)).ShouldBe([(2, "9元", "试行"), (1, before.Fee, null)]);
    }

    [Fact]
    public async Task Change_FromALaterDay_ComesIntoForceOnThatDayOnce()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var (catalogue, versions) = Stores(connection);
        var before = (await catalogue.FindAsync("MZ-002")).ShouldNotBeNull();

        await versions.ChangeAsync(before with { PromisedDays = 9 }, new DateOnly(2026, 11, 25), null, Admin);
        (await versions.BringIntoForceAsync()).ShouldBe(0);
        (await catalogue.FindAsync("MZ-002")).ShouldNotBeNull().PromisedDays.ShouldBe(before.PromisedDays);
        _time.Advance(TimeSpan.FromDays(2));

        (await versions.BringIntoForceAsync()).ShouldBe(1);
        (await versions.BringIntoForceAsync()).ShouldBe(0);
        (await catalogue.FindAsync("MZ-002")).ShouldNotBeNull().PromisedDays.ShouldBe(9);
    }

    [Fact]
    public async Task Cancel_PlannedVersion_NeverComes()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var (catalogue, versions) = Stores(connection);
        var before = (await catalogue.FindAsync("MZ-003")).ShouldNotBeNull();
        await versions.ChangeAsync(before with { PromisedDays = 3 }, new DateOnly(2026, 11, 25), null, Admin);

        (await versions.CancelAsync("MZ-003", 1)).ShouldBeFalse("the first version is in force");
        (await versions.CancelAsync("MZ-003", 2)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromDays(2));

        (await versions.BringIntoForceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Change_AgainstTheRules_IsRefusedWithTheField()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var (catalogue, versions) = Stores(connection);
        var item = (await catalogue.FindAsync("MZ-005")).ShouldNotBeNull();

        (await versions.ChangeAsync(item with { PromisedDays = 31 }, null, null, Admin)).Refusal.ShouldNotBeNull().Field.ShouldBe("promisedDays");
        (await versions.ListAsync("MZ-005")).ShouldBeEmpty();
    }

    private (CatalogueStore Catalogue, ItemVersions Versions) Stores(NpgsqlConnection connection)
    {
        var catalogue = new CatalogueStore(connection);
        return (catalogue, new ItemVersions(connection, catalogue, _time));
    }
}
