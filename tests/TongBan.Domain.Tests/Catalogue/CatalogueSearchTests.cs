using Shouldly;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Search;
using TongBan.Domain.TimeLimits;
using Xunit;

namespace TongBan.Domain.Tests.Catalogue;

public sealed class CatalogueSearchTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<CityDatabase, CatalogueIndex> Indexes = [];

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
    [InlineData("neizzrgs")]
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
        var all = await SearchAsync(new ItemSearch(PageSize: 100));
        var second = await SearchAsync(new ItemSearch(PageNumber: 1, PageSize: 20));

        all.Items.Count.ShouldBe(100);
        all.Total.ShouldBeGreaterThan(1000);
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

    [Theory]
    [InlineData("内资有限责仁公司设立登记")]
    [InlineData("内资有限责任公司社力登记")]
    [InlineData("neizhiyouxianzerengongsisheli")]
    [InlineData("nzyzxrgssldj")]
    [InlineData("nzyxzrgsslldj")]
    [InlineData("scjg-01")]
    public async Task Search_TypedWithErrors_StillFindsTheItem(string typed) =>
        (await SearchAsync(new ItemSearch(typed))).Items.ShouldContain(item => item.Name == Company);

    [Fact]
    public async Task Search_SectorOrTargetGroup_CountsAsAWord()
    {
        var found = await SearchAsync(new ItemSearch("公安 注销 个人", PageSize: 200));

        found.Items.ShouldNotBeEmpty();
        found.Items.ShouldAllBe(item => item.Sector == "GA" && item.Target != ItemTarget.Organisation);
    }

    [Fact]
    public async Task Search_ItemChangedElsewhere_IsFoundByItsNewNameAtOnce()
    {
        await StoreAsync(Sample("NEW-1", "旧称事项"));
        (await SearchAsync(new ItemSearch("旧称事项"))).Items[0].Code.ShouldBe("NEW-1");

        await StoreAsync(Sample("NEW-1", "簇新名目"));

        (await SearchAsync(new ItemSearch("簇新名目"))).Items[0].Code.ShouldBe("NEW-1");
        (await SearchAsync(new ItemSearch("旧称事项"))).Items.ShouldNotContain(item => item.Code == "NEW-1");
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
        return await new CatalogueSearch(Indexes.GetValue(database, _ => new CatalogueIndex()), connection).FindAsync(search);
    }
}
