namespace TongBan.Domain.TimeLimits;

/// <summary>What any limit keeps within.</summary>
public static class LimitBounds
{
    /// <summary>The longest budget of a clock, in days of its kind; more is taken for a typing error.</summary>
    public const int LongestBudget = 1000;
}
