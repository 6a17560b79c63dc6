using Shouldly;
using TongBan.Domain.TimeLimits;
using Xunit;
using static TongBan.Domain.Tests.TimeLimits.ShippedCalendar;

namespace TongBan.Domain.Tests.TimeLimits;

public sealed class WorkingCalendarTests
{
    [Fact]
    public void WorkingDaysBetween_WholeOf2026_Are248() =>
        Of2026.WorkingDaysBetween(Day("2025-12-31"), Day("2026-12-31")).ShouldBe(248);

    [Theory]
    [InlineData("2026-01-01", DateNature.Holiday, "元旦")]
    [InlineData("2026-01-04", DateNature.MakeUpDay, "元旦调休上班")]
    [InlineData("2026-02-15", DateNature.Holiday, "春节")]
    [InlineData("2026-02-28", DateNature.MakeUpDay, "春节调休上班")]
    [InlineData("2026-06-06", DateNature.Weekend, null)]
    [InlineData("2026-06-08", DateNature.Weekday, null)]
    [InlineData("2026-10-10", DateNature.MakeUpDay, "国庆节调休上班")]
    public void NatureOf_DayOf2026_IsAsPublished(string date, DateNature nature, string? name) =>
        (Of2026.NatureOf(Day(date)), Of2026.NameOf(Day(date))).ShouldBe((nature, name));

    [Fact]
    public void IsPublished_YearThatNobodyPublished_IsFalseAndOnlyWeekendsAreOff()
    {
        Of2026.IsPublished(2027).ShouldBeFalse();
        Of2026.IsWorking(Day("2027-10-01")).ShouldBeTrue();
        Of2026.IsWorking(Day("2027-10-02")).ShouldBeFalse();
    }

    [Fact]
    public void Constructor_SameDateTwice_LaterOneCounts() =>
        new WorkingCalendar(
            [new(Day("2026-06-08"), false, "台风停工"), new(Day("2026-06-08"), true, "照常上班")], [2026]).IsWorking(Day("2026-06-08")).ShouldBeTrue();

    [Theory]
    [InlineData("2026-06-08T15:59:59Z", "2026-06-08")]
    [InlineData("2026-06-08T16:00:00Z", "2026-06-09")]
    [InlineData("2026-06-08T23:30:00-04:00", "2026-06-09")]
    public void DateOf_Instant_IsTheDateInShanghai(string instant, string date) =>
        CityTime.DateOf(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(Day(date));
}
