using Dapper;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using Xunit;
using static TongBan.Domain.Tests.TimeLimits.ShippedCalendar;

namespace TongBan.Domain.Tests.TimeLimits;

public sealed class LimitStoreTests(CityDatabase database) : IClassFixture<CityDatabase>, IAsyncLifetime
{
    private static readonly Actor Approver = new("approver.boluo", "审批员", Role.Approver, Authority: "441322-SCJG");

    private readonly FakeTimeProvider _time = new(At("2026-06-08"));
    private readonly string _case = Guid.NewGuid().ToString("N");
    private NpgsqlConnection _connection = null!;
    private LimitStore _limits = null!;

    public ValueTask InitializeAsync()
    {
        _connection = database.Source.CreateConnection();
        _limits = new LimitStore(_connection, new CalendarStore(_connection), _time);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Start_Accepted_IsGreenWithItsDueDate()
    {
        var answer = (await StartAsync(10)).Value;

        answer.Due.ShouldBe(Day("2026-06-23"));
        (await ClockAsync()).ShouldSatisfyAllConditions(
            clock => clock.DueOn.ShouldBe(Day("2026-06-23")),
            clock => clock.WarnOn.ShouldBe(Day("2026-06-18")),
            clock => clock.Light.ShouldBe(Light.Green),
            clock => clock.State.ShouldBe(LimitState.Running));
    }

    [Theory]
    [InlineData("2026-06-17", Light.Green)]
    [InlineData("2026-06-18", Light.Yellow)]
    [InlineData("2026-06-23", Light.Yellow)]
    [InlineData("2026-06-24", Light.Red)]
    public async Task Due_AsDaysPass_TurnsYellowAndRed(string today, Light light)
    {
        await StartAsync(10);
        Move(today);

        (await ClockAsync()).Light.ShouldBe(light);
    }

    [Fact]
    public async Task Start_Twice_IsRefused()
    {
        await StartAsync(10);

        (await StartAsync(10)).Refusal.ShouldBe(new LimitAlreadyStarted(LimitKind.Promised));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task Start_BudgetOutOfBounds_IsRefused(int budget) =>
        (await StartAsync(budget)).Refusal.ShouldNotBeNull().Field.ShouldBe("budgetDays");

    [Fact]
    public async Task Start_DateToCome_IsRefused() =>
        (await _limits.StartAsync(
            new LimitStart(_case, LimitKind.Promised, 10, DayKind.Working, Day("2026-06-09"), "x", "441322"), Approver)).Refusal.ShouldBeOfType<LimitInFuture>();

    [Fact]
    public async Task StopAndResume_Supplement_MovesTheStoredDueDateOfAllClocks()
    {
        await StartAsync(10);
        await StartAsync(20, LimitKind.Legal);
        Move("2026-06-11");
        (await _limits.StopAsync(_case, "补正", Approver, _time.GetUtcNow())).Value.ShouldBe(2);
        var stopped = await ClockAsync();
        Move("2026-06-17");
        (await _limits.ResumeAsync(_case, Approver, _time.GetUtcNow())).Value.ShouldBe(2);

        (stopped.State, stopped.DueOn, stopped.LeftDays).ShouldBe((LimitState.Stopped, null, 7));
        (await ClockAsync()).DueOn.ShouldBe(Day("2026-06-29"));
        (await _limits.ExplainAsync(_case, LimitKind.Promised)).ShouldNotBeNull().Due.ShouldBe(Day("2026-06-29"));
        (await _limits.ExplainAsync(_case, LimitKind.Legal)).ShouldNotBeNull().Due.ShouldBe(Day("2026-07-13"));
    }

    [Fact]
    public async Task StopAndResume_OutOfTurn_AreRefused()
    {
        (await _limits.StopAsync(_case, "补正", Approver, _time.GetUtcNow())).Refusal.ShouldBe(new LimitNotStarted());
        await StartAsync(10);
        (await _limits.ResumeAsync(_case, Approver, _time.GetUtcNow())).Refusal.ShouldBe(new LimitNotStopped());
        await _limits.StopAsync(_case, "补正", Approver, _time.GetUtcNow());
        (await _limits.StopAsync(_case, "补正", Approver, _time.GetUtcNow())).Refusal.ShouldBe(new LimitAlreadyStopped());
        (await _limits.ResumeAsync(_case, Approver, At("2026-06-05"))).Refusal.ShouldBe(new LimitOutOfOrder(Day("2026-06-05"), Day("2026-06-08")));
        (await _limits.ResumeAsync(_case, Approver, At("2026-06-09"))).Refusal.ShouldBeOfType<LimitInFuture>();
        (await _limits.StopAsync(_case, " ", Approver, _time.GetUtcNow())).Refusal.ShouldBeOfType<LimitReasonMissing>();
    }

    [Fact]
    public async Task Resume_ReportedLate_CountsFromTheDayItHappened()
    {
        await StartAsync(10);
        await _limits.StopAsync(_case, "检验", Approver, _time.GetUtcNow());
        Move("2026-06-24");

        await _limits.ResumeAsync(_case, Approver, At("2026-06-10"));

        (await ClockAsync()).DueOn.ShouldBe(Day("2026-06-25"));
    }

    [Fact]
    public async Task Extend_ByTheLaw_AddsDaysOnce()
    {
        await StartAsync(10);

        (await ExtendAsync(11)).Refusal.ShouldBe(new ExtensionTooLong(11, 10));
        (await ExtendAsync(0)).Refusal.ShouldBe(new ExtensionTooLong(0, 10));
        (await ExtendAsync(5, approvedBy: Approver.UserName)).Refusal.ShouldBeOfType<ExtensionNotApproved>();
        (await ExtendAsync(5)).Value.ShouldBe(1);
        (await ExtendAsync(5)).Refusal.ShouldBeOfType<ExtensionRepeated>();
        (await ClockAsync()).ShouldSatisfyAllConditions(
            clock => clock.TotalDays.ShouldBe(15),
            clock => clock.DueOn.ShouldBe(Day("2026-06-30")));
    }

    [Fact]
    public async Task Extend_HeardOfAfterALaterEntry_AddsItsDaysAllTheSame()
    {
        await StartAsync(10);
        Move("2026-06-11");
        await _limits.StopAsync(_case, "检验", Approver, _time.GetUtcNow());
        Move("2026-06-17");
        await _limits.ResumeAsync(_case, Approver, _time.GetUtcNow());

        (await _limits.ExtendAsync(_case, 5, "需要专家评审", "示例负责人", Approver, At("2026-06-10"))).Value.ShouldBe(1);

        (await ClockAsync()).TotalDays.ShouldBe(15);
        (await ClockAsync()).DueOn.ShouldBe(Day("2026-07-06"));
        (await _limits.ExplainAsync(_case, LimitKind.Promised)).ShouldNotBeNull().Due.ShouldBe(Day("2026-07-06"));
    }

    [Fact]
    public async Task Extend_AfterTheDueDate_IsRefused()
    {
        await StartAsync(5);
        Move("2026-06-16");

        (await ExtendAsync(5)).Refusal.ShouldBe(new ExtensionTooLate(Day("2026-06-15")));
    }

    [Fact]
    public async Task End_InTime_StaysGreenForEver()
    {
        await StartAsync(5);
        Move("2026-06-15");
        (await _limits.EndAsync(_case, LimitKind.Promised, Approver, _time.GetUtcNow())).Value.ShouldBe(1);
        Move("2026-07-30");

        (await ClockAsync()).ShouldSatisfyAllConditions(
            clock => clock.State.ShouldBe(LimitState.Ended),
            clock => clock.Light.ShouldBe(Light.Green));
        (await _limits.EndAsync(_case, LimitKind.Promised, Approver, _time.GetUtcNow())).Refusal.ShouldBe(new LimitNotStarted());
    }

    [Fact]
    public async Task End_Late_StaysRed()
    {
        await StartAsync(5);
        Move("2026-06-16");
        await _limits.EndAsync(_case, LimitKind.Promised, Approver, _time.GetUtcNow());

        (await ClockAsync()).Light.ShouldBe(Light.Red);
    }

    [Fact]
    public async Task Start_AfterItsEnd_BeginsANewClockThatIsShown()
    {
        await StartAsync(5);
        await _limits.EndAsync(_case, LimitKind.Promised, Approver, _time.GetUtcNow());
        Move("2026-06-10");
        (await StartAsync(5)).Refusal.ShouldBeNull();

        (await ClockAsync()).DueOn.ShouldBe(Day("2026-06-17"));
    }

    [Fact]
    public async Task Start_Steps_EachHasItsOwnClock()
    {
        await StartAsync(2, LimitKind.Step, "初审");
        await StartAsync(3, LimitKind.Step, "复核");

        (await _limits.DueAsync(_case)).Select(clock => clock.Step).ShouldBe(["初审", "复核"]);
    }

    [Fact]
    public async Task Entries_AnyChange_IsRefusedByTheDatabase()
    {
        await StartAsync(5);

        var update = () => _connection.ExecuteAsync("update tongban.limit_entries set days = 0");
        var delete = () => _connection.ExecuteAsync("delete from tongban.limit_entries");

        (await update.ShouldThrowAsync<PostgresException>()).MessageText.ShouldContain("never changed");
        (await delete.ShouldThrowAsync<PostgresException>()).MessageText.ShouldContain("never changed");
    }

    private static DateTimeOffset At(string date) => new(Day(date).ToDateTime(new TimeOnly(10, 30)), CityTime.Offset);

    private void Move(string date) => _time.SetUtcNow(At(date));

    private Task<Result<LimitAnswer>> StartAsync(int budget, LimitKind kind = LimitKind.Promised, string? step = null) => _limits.StartAsync(
        new LimitStart(_case, kind, budget, DayKind.Working, _time.Today(), "441322-SCJG", "441322", step), Approver);

    private Task<Result<int>> ExtendAsync(int days, string approvedBy = "局领导") =>
        _limits.ExtendAsync(_case, days, "案情复杂", approvedBy, Approver, _time.GetUtcNow());

    private async Task<LimitClock> ClockAsync() => (await _limits.DueAsync(_case)).Single(clock => clock.Kind == LimitKind.Promised);
}
