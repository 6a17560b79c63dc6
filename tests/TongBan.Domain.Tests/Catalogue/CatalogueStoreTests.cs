using Shouldly;
using TongBan.Domain.Catalogue;
using TongBan.Domain.TimeLimits;
using Xunit;

namespace TongBan.Domain.Tests.Catalogue;

public sealed class CatalogueStoreTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    [Fact]
    public async Task Upsert_Changed_ReplacesTheItemAndItsMaterials()
    {
        var item = Sample("UP-1", "甲事项");
        (await StoreAsync(item)).ShouldBeTrue();
        var changed = item with { Name = "乙事项", Materials = [item.Materials[1] with { Copies = 3 }, item.Materials[0] with { Code = "M09" }] };

        (await StoreAsync(changed)).ShouldBeFalse();

        await using var connection = database.Source.CreateConnection();
        var found = (await new CatalogueStore(connection).FindAsync("UP-1")).ShouldNotBeNull();
        found.Materials.ShouldBe(changed.Materials);
        (found with { Materials = [] }).ShouldBe(changed with { Materials = [] });
    }

    [Fact]
    public async Task Upsert_UnknownSector_IsRefusedAndChangesNothing()
    {
        var item = Sample("UP-2", "丙事项");
        await StoreAsync(item);
        await using var connection = database.Source.CreateConnection();
        var store = new CatalogueStore(connection);

        var result = await store.UpsertAsync(item with { Sector = "ZZZZ", Materials = [] });

        result.Refusal.ShouldNotBeNull().Field.ShouldBe("sector");
        (await store.FindAsync("UP-2")).ShouldNotBeNull().Materials.Count.ShouldBe(2);
    }

    [Fact]
    public void Check_EveryRuleBroken_NamesEveryField()
    {
        var item = Sample("有空格 的编码", "") with
        {
            LegalDays = 5,
            PromisedDays = 6,
            WarningDays = 7,
            Visits = -1,
            Mode = (HandlingMode)4,
            Materials = [new("M01", "", true, MaterialForm.Copy, 0, null, null), new("M01", "材料", true, MaterialForm.Copy, 1, null, null)],
        };

        ItemRules.Check(item).Select(problem => problem.Field).ShouldBe(
            ["code", "name", "promisedDays", "warningDays", "visits", "mode", "materials[0].name", "materials[0].copies", "materials[1].code"]);
    }

    private static ServiceItem Sample(string code, string name) => new(
        code, name, ItemScope.Comprehensive, "SCJG", ItemType.Licence, ItemKind.Promised, HandlingMode.CollectDecideAtHome, 20, 10,
        DayKind.Working, ItemTarget.Both, null, true, 1, "许可证", null, null, null, true, true,
        [
            new("M01", "申请书", true, MaterialForm.Original, 2, "申请人自备", null),
            new("M02", "委托书", false, MaterialForm.Electronic, 1, null, "委托办理时提供"),
        ]);

    private async Task<bool> StoreAsync(ServiceItem item)
    {
        await using var connection = database.Source.CreateConnection();
        return (await new CatalogueStore(connection).UpsertAsync(item)).Value;
    }
}
