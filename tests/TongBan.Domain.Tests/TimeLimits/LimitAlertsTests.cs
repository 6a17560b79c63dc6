using Microsoft.Extensions.Time.Testing;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using Xunit;
using static TongBan.Domain.Tests.TimeLimits.ShippedCalendar;

namespace TongBan.Domain.Tests.TimeLimits;

public sealed class LimitAlertsTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    [Fact]
    public async Task Raise_AsDaysPass_TellsEachLightOnce()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var time = new FakeTimeProvider(At("2026-06-08"));
        var limits = new LimitStore(connection, new CalendarStore(connection), time);
        var alerts = new LimitAlerts(connection, time);
        await StartAsync(limits, "runs");
        await StartAsync(limits, "stopped");
        await StartAsync(limits, "done");
        await limits.StopAsync("stopped", "补正", Actor.System, time.GetUtcNow());
        await limits.EndAsync("done", LimitKind.Promised, Actor.System, time.GetUtcNow());

        (await alerts.RaiseAsync()).ShouldBeEmpty();
        time.SetUtcNow(At("2026-06-12"));
        (await alerts.RaiseAsync()).ShouldBe([new LimitAlert("runs", LimitKind.Promised, "", "441322-SCJG", Light.Yellow, Day("2026-06-15"))]);
        (await alerts.RaiseAsync()).ShouldBeEmpty();
        time.SetUtcNow(At("2026-06-16"));
        (await alerts.RaiseAsync()).ShouldHaveSingleItem().Light.ShouldBe(Light.Red);
        (await alerts.RaiseAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Raise_DueDateMovedOn_TellsOfTheNewOneAgain()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var time = new FakeTimeProvider(At("2026-06-08"));
        var limits = new LimitStore(connection, new CalendarStore(connection), time);
        var alerts = new LimitAlerts(connection, time);
        await StartAsync(limits, "moves");
        time.SetUtcNow(At("2026-06-12"));
        await alerts.RaiseAsync();
        await limits.StopAsync("moves", "补正", Actor.System, time.GetUtcNow());
        time.SetUtcNow(At("2026-06-17"));
        await limits.ResumeAsync("moves", Actor.System, time.GetUtcNow());

        (await alerts.RaiseAsync()).ShouldHaveSingleItem().DueOn.ShouldBe(Day("2026-06-18"));
    }

    private static DateTimeOffset At(string date) => new(Day(date).ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);

    private static async Task StartAsync(LimitStore limits, string caseNumber) => (await limits.StartAsync(
        new LimitStart(caseNumber, LimitKind.Promised, 5, DayKind.Working, Day("2026-06-08"), "441322-SCJG", "441322"), Actor.System)).Refusal.ShouldBeNull();
}
