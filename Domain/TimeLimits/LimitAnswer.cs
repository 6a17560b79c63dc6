namespace TongBan.Domain.TimeLimits;

/// <summary>Whether a clock counts.</summary>
public enum LimitState
{
    /// <summary>It counts.</summary>
    Running,

    /// <summary>A supplement or special procedure holds it.</summary>
    Stopped,

    /// <summary>What it measured was done.</summary>
    Ended,
}

/// <summary>Why a day of a limit counted or not.</summary>
public enum DayRule
{
    /// <summary>Counted: a plain working day.</summary>
    WorkingDay,

    /// <summary>Counted: a weekend day on which people work.</summary>
    MakeUpDay,

    /// <summary>Counted: the limit is in calendar days.</summary>
    CalendarDay,

    /// <summary>Not counted: a day off before what was received then counts as accepted.</summary>
    ReceiptMovedOn,

    /// <summary>Not counted: the day of the start; day 1 is the next that counts.</summary>
    StartDay,

    /// <summary>Not counted: a weekend.</summary>
    Weekend,

    /// <summary>Not counted: a holiday.</summary>
    Holiday,

    /// <summary>Not counted: the clock was stopped when the day began.</summary>
    Stopped,

    /// <summary>Not counted: the clock was stopped on what would have been its last day.</summary>
    StoppedOnLastDay,
}

/// <summary>One date of a limit's count.</summary>
/// <param name="Date">The date.</param>
/// <param name="Counted">Whether it used up a day of the limit.</param>
/// <param name="Number">Which day of the limit it was, from 1; the days used so far when it did not count.</param>
/// <param name="Rule">Why.</param>
/// <param name="Name">What the calendar or the ledger calls it: 国庆节, 补正; null when plain.</param>
/// <param name="Published">False when the year's holidays are not known yet.</param>
public sealed record LimitDay(DateOnly Date, bool Counted, int Number, DayRule Rule, string? Name, bool Published);

/// <summary>How a limit stands and how each date was got.</summary>
/// <param name="State">Whether the clock counts.</param>
/// <param name="Budget">The days granted, extensions included.</param>
/// <param name="Used">The days counted to the due date, or to the stop while it is stopped.</param>
/// <param name="Due">The last day of the limit; null while stopped with days left.</param>
/// <param name="Warn">The first day with <c>warningDays</c> or fewer left; null while that day is unknown.</param>
/// <param name="Prompt">The last day but one, when those who hold the clock are prompted; null while that day is unknown.</param>
/// <param name="Days">Every date from the start to the due date, or to the stop.</param>
public sealed record LimitAnswer(LimitState State, int Budget, int Used, DateOnly? Due, DateOnly? Warn, DateOnly? Prompt, IReadOnlyList<LimitDay> Days)
{
    /// <summary>Which days were counted.</summary>
    public DayKind DayKind { get; init; }

    /// <summary>The days that were left when the clock stopped; 0 once the due date is known.</summary>
    public int Left => Budget - Used;

    /// <summary>False when the count went through a year without a published calendar, so that the due date may still move.</summary>
    public bool Final => Days.All(day => day.Published);
}
