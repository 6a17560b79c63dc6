using Shouldly;
using TongBan.Domain.TimeLimits;
using Xunit;
using static TongBan.Domain.Tests.TimeLimits.ShippedCalendar;

namespace TongBan.Domain.Tests.TimeLimits;

public sealed class LimitTests
{
    [Theory]
    [InlineData("2026-02-13", 5, "2026-02-27")]
    [InlineData("2026-04-30", 10, "2026-05-18")]
    [InlineData("2026-09-18", 20, "2026-10-22")]
    [InlineData("2026-06-08", 1, "2026-06-09")]
    public void Explain_GoldenCase_IsDueOnThatDay(string start, int budget, string due) =>
        Explain(budget, Start(start)).Due.ShouldBe(Day(due));

    [Fact]
    public void Explain_CalendarDays_CountsEveryDay()
    {
        var answer = Limit.Explain(15, DayKind.Calendar, [Start("2026-09-25")], Of2026, startsByReceipt: false);

        answer.Due.ShouldBe(Day("2026-10-10"));
        answer.Days.Skip(1).ShouldAllBe(day => day.Counted && day.Rule == DayRule.CalendarDay);
    }

    [Fact]
    public void Explain_SpringFestival_NamesEveryDayAndItsRule()
    {
        var answer = Explain(5, Start("2026-02-13"));

        answer.Days.Select(day => (day.Date.Day, day.Counted, day.Number, day.Rule, day.Name)).ShouldBe(
        [
            (13, false, 0, DayRule.StartDay, null),
            (14, true, 1, DayRule.MakeUpDay, "春节调休上班"),
            .. Enumerable.Range(15, 9).Select(day => (day, false, 1, DayRule.Holiday, (string?)"春节")),
            (24, true, 2, DayRule.WorkingDay, null),
            (25, true, 3, DayRule.WorkingDay, null),
            (26, true, 4, DayRule.WorkingDay, null),
            (27, true, 5, DayRule.WorkingDay, null),
        ]);
        (answer.Used, answer.Left, answer.State, answer.Final).ShouldBe((5, 0, LimitState.Running, true));
    }

    [Theory]
    [InlineData("2026-06-06", "2026-06-15")]
    [InlineData("2026-06-07", "2026-06-15")]
    [InlineData("2026-06-08", "2026-06-15")]
    public void Explain_ReceivedAtTheWeekend_CountsAsAcceptedOnMonday(string start, string due) =>
        Explain(5, Start(start)).Due.ShouldBe(Day(due));

    [Fact]
    public void Explain_ReceivedAtTheWeekendWithoutTheRule_BeginsOnMonday() =>
        Limit.Explain(5, DayKind.Working, [Start("2026-06-06")], With(receiptMovesOn: false)).Due.ShouldBe(Day("2026-06-12"));

    [Fact]
    public void Explain_Stopped_HasNoDueDateAndKeepsWhatIsLeft()
    {
        var answer = Explain(10, Start("2026-06-08"), Stop("2026-06-11"));

        (answer.State, answer.Due, answer.Used, answer.Left).ShouldBe((LimitState.Stopped, null, 3, 7));
        answer.Days[^1].Date.ShouldBe(Day("2026-06-11"));
    }

    [Fact]
    public void Explain_StoppedAndResumed_MovesTheDueDateByTheWorkingDaysOfTheStop()
    {
        var plain = Explain(10, Start("2026-06-08"));
        var answer = Explain(10, Start("2026-06-08"), Stop("2026-06-11"), Resume("2026-06-17"));

        plain.Due.ShouldBe(Day("2026-06-23"));
        Of2026.WorkingDaysBetween(Day("2026-06-11"), Day("2026-06-17")).ShouldBe(4);
        answer.Due.ShouldBe(Day("2026-06-29"));
        answer.Days.Where(day => day.Rule == DayRule.Stopped).Select(day => day.Date.Day).ShouldBe([12, 13, 14, 15, 16, 17]);
        answer.Days.Where(day => day.Rule == DayRule.Stopped).ShouldAllBe(day => day.Name == "补正");
    }

    [Fact]
    public void Explain_StoppedAndResumedOnOneDay_ChangesNothing() =>
        Explain(10, Start("2026-06-08"), Stop("2026-06-11"), Resume("2026-06-11")).Days.ShouldBe(Explain(10, Start("2026-06-08")).Days);

    [Fact]
    public void Explain_StoppedOnTheDayOfAcceptance_KeepsTheWholeBudget() =>
        Explain(5, Start("2026-06-08"), Stop("2026-06-08"), Resume("2026-06-10")).Due.ShouldBe(Day("2026-06-17"));

    [Fact]
    public void Explain_StoppedOnTheLastDay_KeepsThatDayForAfterwards()
    {
        var stopped = Explain(3, Start("2026-06-08"), Stop("2026-06-11"));
        var resumed = Explain(3, Start("2026-06-08"), Stop("2026-06-11"), Resume("2026-06-15"));

        (stopped.Due, stopped.Left).ShouldBe((null, 1));
        stopped.Days[^1].Rule.ShouldBe(DayRule.StoppedOnLastDay);
        resumed.Due.ShouldBe(Day("2026-06-16"));
    }

    [Fact]
    public void Explain_StoppedAfterTheDueDate_StaysDue()
    {
        var answer = Explain(3, Start("2026-06-08"), Stop("2026-06-15"));

        (answer.State, answer.Due, answer.Left).ShouldBe((LimitState.Stopped, Day("2026-06-11"), 0));
    }

    [Fact]
    public void Explain_StoppedAgainOnTheDayItWentOn_StaysStoppedWithoutAGap() =>
        Explain(5, Start("2026-06-08"), Stop("2026-06-09"), Resume("2026-06-11"), Stop("2026-06-11"), Resume("2026-06-15"))
            .Due.ShouldBe(Day("2026-06-22"));

    [Fact]
    public void Explain_Extended_AddsDays()
    {
        var answer = Explain(20, Start("2026-09-18"), new LimitEntry(LimitEntryKind.Extend, Day("2026-10-12"), "案情复杂", 10));

        (answer.Budget, answer.Due).ShouldBe((30, Day("2026-11-05")));
    }

    [Fact]
    public void Explain_Ended_IsEndedWithItsDueDate()
    {
        var answer = Explain(5, Start("2026-06-08"), new LimitEntry(LimitEntryKind.End, Day("2026-06-10")));

        (answer.State, answer.Due).ShouldBe((LimitState.Ended, Day("2026-06-15")));
    }

    [Fact]
    public void Explain_IntoAYearWithoutCalendar_SaysThatItMayMove()
    {
        var answer = Explain(20, Start("2026-12-21"));

        answer.Final.ShouldBeFalse();
        answer.Days.First(day => !day.Published).Date.ShouldBe(Day("2027-01-01"));
    }

    [Theory]
    [InlineData(20, null, "2026-10-16")]
    [InlineData(20, 1, "2026-10-21")]
    [InlineData(3, null, "2026-09-21")]
    [InlineData(1, null, "2026-09-18")]
    public void Explain_Threshold_WarnsFromTheDayWithThatManyLeft(int budget, int? warningDays, string warn) =>
        Limit.Explain(budget, DayKind.Working, [Start("2026-09-18")], Of2026, warningDays: warningDays).Warn.ShouldBe(Day(warn));

    [Fact]
    public void Explain_LedgerWithoutStart_Throws() =>
        Should.Throw<ArgumentException>(() => Explain(5, Stop("2026-06-08")));

    private static LimitAnswer Explain(int budget, params LimitEntry[] entries) => Limit.Explain(budget, DayKind.Working, entries, Of2026);

    private static LimitEntry Start(string on) => new(LimitEntryKind.Start, Day(on));

    private static LimitEntry Stop(string on) => new(LimitEntryKind.Stop, Day(on), "补正");

    private static LimitEntry Resume(string on) => new(LimitEntryKind.Resume, Day(on));
}
