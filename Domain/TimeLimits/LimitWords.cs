namespace TongBan.Domain.TimeLimits;

/// <summary>What people call the limits.</summary>
public static class LimitWords
{
    /// <summary>The Chinese name of a limit.</summary>
    public static string Of(LimitKind kind) => kind switch
    {
        LimitKind.Promised => "承诺办结时限",
        LimitKind.Legal => "法定办结时限",
        LimitKind.Acceptance => "受理时限",
        LimitKind.Delivery => "送达时限",
        LimitKind.Step => "环节时限",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a limit."),
    };
}
