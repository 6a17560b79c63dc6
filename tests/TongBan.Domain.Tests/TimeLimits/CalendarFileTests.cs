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
    [InlineData("2027-02-21,休,春节", "2027-02-21", "不在本年")]
    [InlineData("2026-02-21,休,春节\n2026-02-21,休,春节", "2026-02-21", "重复")]
    public void Read_OddLine_IsRefusedByLine(string file, string where, string problem) =>
        CalendarFile.Read(file, 2026, "通知").Refusal.ShouldNotBeNull().Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain(where),
            message => message.ShouldContain(problem));
}
