namespace TongBan.Domain.TimeLimits;

/// <summary>How close a limit is to its end.</summary>
public enum Light
{
    /// <summary>绿: time enough.</summary>
    Green,

    /// <summary>黄: within the warning threshold.</summary>
    Yellow,

    /// <summary>红: passed, or ended after it had passed.</summary>
    Red,
}

/// <summary>A clock to start.</summary>
/// <param name="CaseNumber">The case.</param>
/// <param name="Kind">What it measures.</param>
/// <param name="BudgetDays">1 to <see cref="LimitBounds.LongestBudget"/> days of <paramref name="DayKind"/>.</param>
/// <param name="DayKind">Which days count.</param>
/// <param name="StartedOn">The city's date of the receipt, acceptance or decision; day 1 is the next that counts.</param>
/// <param name="Holder">Who must act: the code of an authority or hall.</param>
/// <param name="Division">Whose calendar counts.</param>
/// <param name="Step">The workflow step for a step clock, otherwise null.</param>
/// <param name="WarningDays">Yellow from this many days left; null for the default.</param>
public sealed record LimitStart(
    string CaseNumber,
    LimitKind Kind,
    int BudgetDays,
    DayKind DayKind,
    DateOnly StartedOn,
    string Holder,
    string Division,
    string? Step = null,
    int? WarningDays = null);

/// <summary>A clock as lists show it.</summary>
/// <param name="Id">The clock.</param>
/// <param name="CaseNumber">Its case.</param>
/// <param name="Kind">What it measures.</param>
/// <param name="Step">The workflow step of a step clock; empty otherwise.</param>
/// <param name="Holder">Who must act.</param>
/// <param name="State">Whether it counts.</param>
/// <param name="TotalDays">The days granted, extensions included.</param>
/// <param name="LeftDays">The days left when it stopped; 0 while the due date is known.</param>
/// <param name="StartedOn">When it started.</param>
/// <param name="DueOn">The last day; null while stopped with days left.</param>
/// <param name="WarnOn">The first yellow day; null while unknown.</param>
/// <param name="EndedOn">When what it measures was done.</param>
/// <param name="Light">How it stands today.</param>
/// <param name="DayKind">Which days it counts.</param>
/// <param name="TimerAt">When it turns next (UTC): the prompt, the yellow or the red light; null when nothing is to be told any more.</param>
/// <param name="Provisional">The holidays of a year that was counted are not published yet, so the date may still move.</param>
public sealed record LimitClock(
    long Id,
    string CaseNumber,
    LimitKind Kind,
    string Step,
    string Holder,
    LimitState State,
    int TotalDays,
    int LeftDays,
    DateOnly StartedOn,
    DateOnly? DueOn,
    DateOnly? WarnOn,
    DateOnly? EndedOn,
    Light Light,
    DayKind DayKind,
    DateTime? TimerAt,
    bool Provisional);
