using Dapper;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using Xunit;
using static TongBan.Domain.Tests.TimeLimits.ShippedCalendar;

namespace TongBan.Domain.Tests.TimeLimits;

public sealed class LimitTimersTests(CityDatabase database) : IClassFixture<CityDatabase>
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(At("2026-06-08", 9));

    [Fact]
    public async Task Claim_AsDaysPass_TellsEachSignOnceAndArmsTheNext()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var clock = await StartAsync(connection, "runs", warningDays: 3);

        (await ArmedAsync(connection, clock)).ShouldBe(At("2026-06-10", 0));
        (await ClaimAsync(connection, clock)).ShouldBeNull();
        _time.SetUtcNow(At("2026-06-10", 0));
        (await ClaimAsync(connection, clock)).ShouldBe(new LimitTurn(clock, "runs", LimitKind.Promised, "", "441322-SCJG", LimitSign.Yellow, Day("2026-06-15"), Day("2026-06-08"), TimeSpan.Zero));
        (await ClaimAsync(connection, clock)).ShouldBeNull();
        (await ArmedAsync(connection, clock)).ShouldBe(At("2026-06-12", 0));
        _time.SetUtcNow(At("2026-06-12", 0));
        (await ClaimAsync(connection, clock)).ShouldNotBeNull().Sign.ShouldBe(LimitSign.Prompt);
        (await ArmedAsync(connection, clock)).ShouldBe(At("2026-06-16", 0));
        _time.SetUtcNow(At("2026-06-16", 0));
        (await ClaimAsync(connection, clock)).ShouldNotBeNull().Sign.ShouldBe(LimitSign.Red);
        (await ArmedAsync(connection, clock)).ShouldBeNull();
    }

    [Fact]
    public async Task Claim_AfterAnOutage_TellsTheGravestAndHowLateItIs()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var clock = await StartAsync(connection, "late");
        _time.SetUtcNow(At("2026-06-17", 8));

        var turn = (await ClaimAsync(connection, clock)).ShouldNotBeNull();

        (turn.Sign, turn.Late).ShouldBe((LimitSign.Red, At("2026-06-17", 8) - At("2026-06-12", 0)));
        (await ClaimAsync(connection, clock)).ShouldBeNull();
    }

    [Fact]
    public async Task Claim_LimitOfOneDayOnTheDayItBegins_IsNotLate()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var clock = await StartAsync(connection, "short", budget: 1);

        (await ClaimAsync(connection, clock)).ShouldNotBeNull().Late.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Claim_DueDateMovedOn_TellsOfTheNewOneAgain()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var clock = await StartAsync(connection, "moves");
        var limits = Limits(connection);
        _time.SetUtcNow(At("2026-06-12", 9));
        (await ClaimAsync(connection, clock)).ShouldNotBeNull();
        await limits.StopAsync("moves", "补正", Actor.System, _time.GetUtcNow());
        (await ArmedAsync(connection, clock)).ShouldBeNull();
        _time.SetUtcNow(At("2026-06-17", 9));
        await limits.ResumeAsync("moves", Actor.System, _time.GetUtcNow());

        (await ClaimAsync(connection, clock)).ShouldNotBeNull().ShouldSatisfyAllConditions(turn => turn.DueOn.ShouldBe(Day("2026-06-18")), turn => turn.BeganOn.ShouldBe(Day("2026-06-17")));
    }

    [Fact]
    public async Task Claim_EndedOrMuted_TellsNobody()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (ended, muted) = (await StartAsync(connection, "ended"), await StartAsync(connection, "muted"));
        await Limits(connection).EndAsync("ended", LimitKind.Promised, Actor.System, _time.GetUtcNow());
        await Limits(connection).MuteAsync("muted");
        _time.SetUtcNow(At("2026-07-01", 9));

        (await ClaimAsync(connection, ended)).ShouldBeNull();
        (await ClaimAsync(connection, muted)).ShouldBeNull();
        (await Timers(connection).HandOutAsync(10, Lease)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Claim_ManyAtOnce_TellsOnce()
    {
        long clock;
        await using (var connection = await database.Source.OpenConnectionAsync())
            clock = await StartAsync(connection, "at-once");
        _time.SetUtcNow(At("2026-06-16", 9));

        var turns = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var turn = await ClaimAsync(connection, clock);
            await transaction.CommitAsync();
            return turn;
        }));

        turns.Count(turn => turn is not null).ShouldBe(1);
        await using var again = await database.Source.OpenConnectionAsync();
        await Limits(again).EndAllAsync("at-once", Actor.System, _time.GetUtcNow());
    }

    [Fact]
    public async Task HandOut_Backlog_IsInOrderOfDueTimeAndNoMoreThanMayBeOut()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var late = new List<long>();
        foreach (var days in new[] { 9, 3, 6, 1 })
            late.Add(await StartAsync(connection, $"backlog-{days}", budget: days));
        _time.SetUtcNow(At("2026-07-01", 9));
        var timers = Timers(connection);

        (await timers.HandOutAsync(3, Lease)).ShouldBe([late[3], late[1], late[2]]);
        (await timers.HandOutAsync(3, Lease)).ShouldBeEmpty();
        await timers.ClaimAsync(late[3]);
        (await timers.HandOutAsync(3, Lease)).ShouldBe([late[0]]);
        _time.Advance(Lease);
        (await timers.HandOutAsync(3, Lease)).ShouldBe([late[1], late[2], late[0]]);
    }

    private static DateTimeOffset At(string date, int hour) => new DateTimeOffset(Day(date).ToDateTime(new TimeOnly(hour, 0)), CityTime.Offset).ToUniversalTime();

    private static async Task<DateTimeOffset?> ArmedAsync(NpgsqlConnection connection, long clock) =>
        await connection.ExecuteScalarAsync<DateTime?>("select next_at from tongban.limit_clocks where id = @clock", new { clock });

    private LimitStore Limits(NpgsqlConnection connection) => new(connection, new CalendarStore(connection), _time);

    private LimitTimers Timers(NpgsqlConnection connection) => new(connection, new CalendarStore(connection), _time);

    private Task<LimitTurn?> ClaimAsync(NpgsqlConnection connection, long clock) => Timers(connection).ClaimAsync(clock);

    private async Task<long> StartAsync(NpgsqlConnection connection, string caseNumber, int budget = 5, int? warningDays = null)
    {
        var start = new LimitStart(caseNumber, LimitKind.Promised, budget, DayKind.Working, Day("2026-06-08"), "441322-SCJG", "441322", WarningDays: warningDays);
        (await Limits(connection).StartAsync(start, Actor.System)).Refusal.ShouldBeNull();
        return (await Limits(connection).DueAsync(caseNumber)).Single().Id;
    }
}
