namespace TongBan.Domain.TimeLimits;

/// <summary>A point of a clock at which somebody is told of it.</summary>
public enum LimitSign
{
    /// <summary>提醒: the working day before the due date has come.</summary>
    Prompt,

    /// <summary>黄牌: the warning threshold was reached.</summary>
    Yellow,

    /// <summary>红牌: the due date has passed.</summary>
    Red,
}

/// <summary>A clock that turned.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="CaseNumber">The case.</param>
/// <param name="Kind">What it measures.</param>
/// <param name="Step">The step of a step clock; empty otherwise.</param>
/// <param name="Holder">Who must act.</param>
/// <param name="Sign">The gravest sign that nobody was told of yet.</param>
/// <param name="DueOn">The due date.</param>
/// <param name="BeganOn">When what is measured last began: the start, or the day on which a supplement was complete.</param>
/// <param name="Late">How long after its moment this was noticed; nothing to speak of unless the hosts were down.</param>
public sealed record LimitTurn(
    long Clock, string CaseNumber, LimitKind Kind, string Step, string Holder, LimitSign Sign, DateOnly DueOn, DateOnly BeganOn, TimeSpan Late);
