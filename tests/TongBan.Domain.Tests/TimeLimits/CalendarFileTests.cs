using Shouldly;
using TongBan.Domain.TimeLimits;
using Xunit;
using static TongBan.Domain.Tests.TimeLimits.ShippedCalendar;

namespace TongBan.Domain.Tests.TimeLimits;

public sealed class CalendarFileTests
{
    [Fact]
    public void Read_SpansAndDays_AreTheYear()
    {
        const string file = "\uFEFF# 通知\r\n2026-02-21..2026-02-23, 休, 春节\r\n\r\n2026-02-28，班，春节调休上班\r\n";

        CalendarFile.Read(file, 2026, "通知").Value.Days.ShouldBe(
        [
            new(Day("2026-02-21"), false, "春节"),
            new(Day("2026-02-22"), false, "春节"),
            new(Day("2026-02-23"), false, "春节"),
            new(Day("2026-02-28"), true, "春节调休上班"),
        ]);
    }

    [Theory]
    [InlineData("2026-02-21 休 春节", "第1行", "三列")]
    [InlineData("#\n2026-2-1,休,春节", "第2行", "不是日期")]
    [InlineData("2026-02-23..2026-02-21,休,春节", "第1行", "起止")]
    [InlineData("2026-02-01..2026-12-21,休,春节", "第1行", "起止")]
    [InlineData("2026-02-21,放,春节", "第1行", "“休”或“班”")]
    [InlineData("2027-02-21,休,春节", "第1行", "不在2026年")]
    [InlineData("2026-02-23,班,春节", "第1行", "本来就是工作日")]
    [InlineData("2026-02-23,休,", "第1行", "名称")]
    [InlineData("2026-02-21..2026-02-23,休,春节\n2026-02-28,班,春节\n2026-02-23..2026-02-24,休,春节", "第3行", "与第1行重叠")]
    public void Read_OddLine_IsRefusedByLine(string file, string where, string problem) =>
        CalendarFile.Read(file, 2026, "通知").Refusal.ShouldNotBeNull().Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain(where),
            message => message.ShouldContain(problem));

    [Fact]
    public void Read_SeveralOddLines_NamesEach() =>
        CalendarFile.Read("x\n2026-01-01,休,元旦\n2026-01-01,班,元旦\n2026-01-02,放,元旦", 2026, "通知").Refusal.ShouldBeOfType<CalendarFileInvalid>()
            .Rejected.Select(row => (row.Row, row.Field)).ShouldBe([(1, "date"), (3, "kind"), (4, "kind")]);

    [Fact]
    public void Write_TheShippedYear_ReadsTheSameAgain()
    {
        var shipped = new CalendarYear(2026, "通知", [.. Domain.Seed.SeedFiles.Calendar2026().ToYear().Days.OrderBy(day => day.Date)]);

        CalendarFile.Read(CalendarFile.Write(shipped), 2026, "通知").Value.Days.ShouldBe(shipped.Days);
    }
}
