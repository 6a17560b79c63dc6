using Shouldly;
using TongBan.Domain.Catalogue;
using TongBan.Domain.TimeLimits;
using Xunit;

namespace TongBan.Domain.Tests.Catalogue;

public sealed class CatalogueStoreTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    private const string Company = "内资有限责任公司设立登记";

    [Theory]
    [InlineData("内资有限责任公司设立登记")]
    [InlineData("内资设立")]
    [InlineData("有限 设立")]
    [InlineData("nzyxzrgssldj")]
    [InlineData("nzyxsl")]
    [InlineData("NZ SL")]
    [InlineData("neizi sheli")]
    [InlineData("neiziyouxian")]
    [InlineData("neizgs")]
    [InlineData("内资gssl")]
    [InlineData("scjg-001")]
    public async Task Search_AnyWayOfTypingIt_FindsTheItemFirst(string typed) =>
        (await SearchAsync(new ItemSearch(typed))).Items[0].Name.ShouldBe(Company);

    [Theory]
    [InlineData("jmsfz", "居民身份证换领")]
    [InlineData("zzsyb", "增值税一般纳税人登记")]
    [InlineData("gjj tx", "住房公积金提取（退休）")]
    [InlineData("hzqf", "普通护照签发")]
    [InlineData("jzz", "居住证签发")]
    public async Task Search_Initials_FindWhatIsMeantFirst(string typed, string first) =>
        (await SearchAsync(new ItemSearch(typed))).Items[0].Name.ShouldBe(first);

    [Theory]
    [InlineData("hangyeqqq")]
    [InlineData("没有这样的事项")]
    [InlineData("zzzzzzzzzzzz")]
    public async Task Search_WhatNothingHolds_FindsNothing(string typed) =>
        (await SearchAsync(new ItemSearch(typed))).ShouldSatisfyAllConditions(
            page => page.Items.ShouldBeEmpty(),
            page => page.Total.ShouldBe(0));

    [Fact]
    public async Task Search_SecondReadingOfACharacter_IsFound()
    {
        await StoreAsync(Sample("PY-1", "银行开户许可"));

        (await SearchAsync(new ItemSearch("yinhang"))).Items[0].Code.ShouldBe("PY-1");
        (await SearchAsync(new ItemSearch("yinxing"))).Items[0].Code.ShouldBe("PY-1");
        (await SearchAsync(new ItemSearch("yinhangxing"))).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_NothingTyped_PagesThroughAll()
    {
        var all = await SearchAsync(new ItemSearch(PageSize: 500));
        var second = await SearchAsync(new ItemSearch(PageNumber: 1, PageSize: 20));

        all.Items.Count.ShouldBe(all.Total);
        second.Total.ShouldBe(all.Total);
        second.Items.ShouldBe(all.Items.Skip(20).Take(20));
    }

    [Fact]
    public async Task Search_PageBeyondTheEnd_StillHasTheTotal()
    {
        var beyond = await SearchAsync(new ItemSearch(Sector: "SCJG", PageNumber: 99));

        beyond.Items.ShouldBeEmpty();
        beyond.Total.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Search_Filters_AllHold()
    {
        var found = await SearchAsync(new ItemSearch(Scope: ItemScope.Specialist, Sector: "GA", Mode: HandlingMode.AcceptDecideHere));

        found.Items.ShouldNotBeEmpty();
        found.Items.ShouldAllBe(item => item.Scope == ItemScope.Specialist && item.Sector == "GA" && item.Mode == HandlingMode.AcceptDecideHere);
    }

    [Theory]
    [InlineData("'; drop table tongban.service_items; --")]
    [InlineData("((((a+)+)+)+$")]
    [InlineData("\\")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("有 限 责 任 公 司 设 立 登 记 有 限 责 任 公 司 设 立 登 记 有 限 责 任 公 司 设 立 登 记")]
    public async Task Search_HostileText_IsOnlyText(string typed) =>
        (await SearchAsync(new ItemSearch(typed))).Total.ShouldBeGreaterThanOrEqualTo(0);

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

    private async Task<Page<ItemSummary>> SearchAsync(ItemSearch search)
    {
        await using var connection = database.Source.CreateConnection();
        return await new CatalogueStore(connection).SearchAsync(search);
    }
}
