namespace TongBan.Domain.TimeLimits;

/// <summary>The city's civil time, Asia/Shanghai.</summary>
public static class CityTime
{
    /// <summary>
    /// UTC+8 all year: China has had no summer time since 1991, so that no time-zone data is needed on the machine.
    /// </summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The date on which an instant falls in the city.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>When a date begins in the city.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>Today in the city.</summary>
    public static DateOnly Today(this TimeProvider time) => DateOf(time.GetUtcNow());
}
