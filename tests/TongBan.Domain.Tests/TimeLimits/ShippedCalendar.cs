using TongBan.Domain.Seed;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Tests.TimeLimits;

/// <summary>The calendar of 2026 as shipped.</summary>
internal static class ShippedCalendar
{
    internal static readonly WorkingCalendar Of2026 = With();

    internal static WorkingCalendar With(bool receiptMovesOn = true) =>
        new(SeedFiles.Calendar2026().ToYear().Days, [2026], receiptMovesOn);

    internal static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
