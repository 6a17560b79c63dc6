namespace TongBan.Domain.TimeLimits;

/// <summary>What any limit keeps within.</summary>
public static class LimitBounds
{
    /// <summary>The longest budget of a clock, in days of its kind; more is taken for a typing error.</summary>
    public const int LongestBudget = 1000;

    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 200;

    private const int JointHandlingBudget = 45;

    /// <summary>The longest extension by 行政许可法 article 42: 15 days when authorities decide together (45 days), else 10.</summary>
    public static int LongestExtension(int budget) => budget >= JointHandlingBudget ? 15 : 10;
}
