using Shouldly;
using TongBan.Domain.TimeLimits;
using Xunit;
using static TongBan.Domain.Tests.TimeLimits.ShippedCalendar;

namespace TongBan.Domain.Tests.TimeLimits;

public sealed class LimitWordsTests
{
    [Fact]
    public void Explain_HolidayAndSupplement_NamesEachSpan()
    {
        var answer = Limit.Explain(
            12,
            DayKind.Working,
            [
                new(LimitEntryKind.Start, Day("2026-06-06")),
                new(LimitEntryKind.Stop, Day("2026-06-10"), "补正"),
                new(LimitEntryKind.Resume, Day("2026-06-15")),
            ],
            Of2026);

        LimitWords.Explain(LimitKind.Promised, answer).ShouldBe(
            "承诺办结时限为12个工作日，自2026年6月8日的次日起算（2026年6月6日为非工作日，视为6月8日收件）。" +
            "6月11日至6月15日因补正暂停，不计入。6月19日至6月21日端午节，不计入。其余周末不计入。最后一日为2026年6月30日。");
    }

    [Fact]
    public void Explain_Stopped_TellsWhatIsLeft() =>
        LimitWords.Explain(LimitKind.Legal, Limit.Explain(
            15, DayKind.Calendar, [new(LimitEntryKind.Start, Day("2026-06-08")), new(LimitEntryKind.Stop, Day("2026-06-10"), "听证")], Of2026)).ShouldBe(
            "法定办结时限为15个自然日，自2026年6月8日的次日起算。现已暂停，已用2天，还剩13天，恢复后的次日起继续计算。");

    [Fact]
    public void Of_EveryDay_SaysWhyItCountedOrNot() =>
        Limit.Explain(3, DayKind.Working, [new(LimitEntryKind.Start, Day("2026-02-13"))], Of2026).Days.Select(LimitWords.Of).Distinct(StringComparer.Ordinal).ShouldBe(
            ["起算日，自次日起计入", "春节调休上班，第1天", "春节，不计入", "工作日，第2天", "工作日，第3天"]);

    [Fact]
    public void Of_YearWithoutCalendar_SaysSo() =>
        LimitWords.Of(Limit.Explain(1, DayKind.Working, [new(LimitEntryKind.Start, Day("2027-10-01"))], Of2026).Days[^1])
            .ShouldBe("工作日，第1天（本年放假安排尚未公布）");
}
