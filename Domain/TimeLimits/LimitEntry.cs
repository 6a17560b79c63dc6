namespace TongBan.Domain.TimeLimits;

/// <summary>Which limit a clock measures.</summary>
public enum LimitKind
{
    /// <summary>承诺时限, from acceptance to the decision.</summary>
    Promised,

    /// <summary>法定时限, from acceptance to the decision.</summary>
    Legal,

    /// <summary>受理时限: to accept, refuse or ask for a supplement, from receipt (行政许可法 article 32: 5 days).</summary>
    Acceptance,

    /// <summary>送达时限: to deliver, from the decision (行政许可法 article 44: 10 days).</summary>
    Delivery,

    /// <summary>环节时限: one step of the workflow.</summary>
    Step,
}

/// <summary>What happened to a clock.</summary>
public enum LimitEntryKind
{
    /// <summary>It began.</summary>
    Start,

    /// <summary>A supplement or special procedure stopped it.</summary>
    Stop,

    /// <summary>The supplement or special procedure ended.</summary>
    Resume,

    /// <summary>Days were added.</summary>
    Extend,

    /// <summary>What it measured was done.</summary>
    End,
}

/// <summary>A line of a clock's ledger; lines are only ever added.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="On">The city's date on which it happened.</param>
/// <param name="Reason">Why, in words that the applicant may read: 补正, 听证 and so on.</param>
/// <param name="Days">The days added by an extension; 0 otherwise.</param>
public sealed record LimitEntry(LimitEntryKind Kind, DateOnly On, string? Reason = null, int Days = 0);
