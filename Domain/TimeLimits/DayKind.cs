namespace TongBan.Domain.TimeLimits;

/// <summary>Which days a limit counts.</summary>
public enum DayKind
{
    /// <summary>工作日: working days of the calendar.</summary>
    Working,

    /// <summary>自然日: every day.</summary>
    Calendar,
}
