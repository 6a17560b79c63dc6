using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;
using Xunit;
using static TongBan.Domain.Tests.TimeLimits.ShippedCalendar;

namespace TongBan.Domain.Tests.TimeLimits;

public sealed class LimitReprojectionTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 9, 24, 2, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Run_YearPublishedLater_MovesOpenClocksOfThatYearOnly()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var limits = Limits(connection);
        await SampleCases.AddAsync(connection, "open", "done", "early");
        await StartAsync(limits, "open", Day("2027-09-24"));
        await StartAsync(limits, "done", Day("2027-09-24"));
        await limits.EndAsync("done", LimitKind.Promised, Actor.System, _time.GetUtcNow());
        await StartAsync(limits, "early", Day("2026-06-08"));

        (await new CalendarStore(connection).PublishAsync(PlaceStore.CityDivision, NationalDay2027())).Refusal.ShouldBeNull();
        var recount = await RecountAsync(connection, PlaceStore.CityDivision);

        (recount.Total, recount.Done, recount.Moved).ShouldBe((2, 2, 1));
        (await limits.DueAsync("open"))[0].DueOn.ShouldBe(Day("2027-10-15"));
        (await limits.DueAsync("done"))[0].DueOn.ShouldBe(Day("2027-10-08"));
        (await Timeline(connection).ListAsync("open")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.What.ShouldBe("承诺办结时限由2027-10-08改为2027-10-15"), line => line.Why.ShouldBe("公布2027年工作日历"));
        (await Timeline(connection).ListAsync("done")).ShouldBeEmpty();
        (await Limits(connection).ExplainAsync("open", LimitKind.Promised)).ShouldNotBeNull().Final.ShouldBeTrue();
        (await RecountAsync(connection, PlaceStore.CityDivision)).Moved.ShouldBe(0);
    }

    [Fact]
    public async Task Run_DivisionWithDaysOfItsOwn_MovesItsCasesOnly()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var limits = Limits(connection);
        await SampleCases.AddAsync(connection, "boluo", "longmen");
        await StartAsync(limits, "boluo", Day("2026-06-08"));
        await StartAsync(limits, "longmen", Day("2026-06-08"), "441324");

        await new CalendarStore(connection).PublishAsync("441322", new CalendarYear(2026, "县府通告", [new(Day("2026-06-10"), false, "防汛停工")]));
        var recount = await RecountAsync(connection, "441322");

        (recount.Total, recount.Done, recount.Moved).ShouldBe((1, 1, 1));
        (await limits.DueAsync("boluo"))[0].DueOn.ShouldBe(Day("2026-06-24"));
        (await limits.DueAsync("longmen"))[0].DueOn.ShouldBe(Day("2026-06-23"));
    }

    [Fact]
    public async Task Run_RandomOpenClocks_LeavesEveryRowAsItsLedgerSays()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var limits = Limits(connection);
        await SampleCases.AddAsync(connection, [.. Enumerable.Range(0, 1200).Select(index => $"case-{index}")]);
        for (var index = 0; index < 1200; index++)
        {
            await StartAsync(limits, $"case-{index}", Day("2027-08-01").AddDays(index % 50), budget: 1 + (index % 40));
        }

        await new CalendarStore(connection).PublishAsync(PlaceStore.CityDivision, NationalDay2027());
        var recount = await RecountAsync(connection, PlaceStore.CityDivision);

        (recount.Total, recount.Done).ShouldBe((1200, 1200));
        recount.Moved.ShouldBeInRange(1, 1199);
        foreach (var index in Enumerable.Range(0, 40))
        {
            var stored = (await limits.DueAsync($"case-{index * 30}"))[0];
            var counted = (await Limits(connection).ExplainAsync($"case-{index * 30}", LimitKind.Promised)).ShouldNotBeNull();
            (stored.DueOn, stored.WarnOn).ShouldBe((counted.Due, counted.Warn));
        }
    }

    [Fact]
    public async Task Publish_ReceiptRuleOff_IsReadWithTheCalendar()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var calendars = new CalendarStore(connection);

        (await calendars.ForAsync("441322")).ReceiptMovesOn.ShouldBeTrue();
        await calendars.SetReceiptRuleAsync(PlaceStore.CityDivision, movesOn: false);

        (await calendars.ForAsync("441322")).ReceiptMovesOn.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-06-08", false, "x", "不在本年")]
    [InlineData("2027-06-08", true, "x", "本来就是工作日")]
    [InlineData("2027-06-08", false, "", "没有名称")]
    public void Check_DayThatCannotBe_IsRefused(string date, bool working, string name, string problem) =>
        new CalendarYear(2027, "通知", [new(Day(date), working, name)]).Check().ShouldNotBeNull().Message.ShouldContain(problem);

    private static CalendarYear NationalDay2027() => new(
        2027, "测试用放假安排", [.. Enumerable.Range(1, 7).Select(day => new CalendarDay(new DateOnly(2027, 10, day), false, "国庆节"))]);

    private async Task<LimitRecount> RecountAsync(NpgsqlConnection connection, string division)
    {
        var recounts = new LimitRecountStore(connection, _time);
        var asked = await recounts.AskAsync(division, "公布2027年工作日历", Actor.System);
        while (await new LimitReprojection(connection, new CalendarStore(connection), recounts, Timeline(connection)).StepAsync(asked.Id))
        {
            // Each step counts its share.
        }

        return (await recounts.FindAsync(asked.Id)).ShouldNotBeNull();
    }

    private TimelineStore Timeline(NpgsqlConnection connection) => new(connection, new AuditTrail(new WritesAtOnce(connection), new AuditOrigin(), _time), _time);

    private LimitStore Limits(NpgsqlConnection connection) => new(connection, new CalendarStore(connection), _time);

    private static async Task StartAsync(LimitStore limits, string caseNumber, DateOnly on, string division = "441322", int budget = 10) =>
        (await limits.StartAsync(
            new LimitStart(caseNumber, LimitKind.Promised, budget, DayKind.Working, on, "x", division), Actor.System)).Refusal.ShouldBeNull();
}
