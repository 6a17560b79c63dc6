namespace TongBan.Workflows.Comparison;

/// <summary>What sort of difference it is.</summary>
public enum DifferenceKind
{
    /// <summary>增加了步骤.</summary>
    StepAdded,

    /// <summary>删除了步骤.</summary>
    StepRemoved,

    /// <summary>步骤改名.</summary>
    StepRenamed,

    /// <summary>修改了输入.</summary>
    InputChanged,

    /// <summary>增加了连线.</summary>
    ConnectionAdded,

    /// <summary>删除了连线.</summary>
    ConnectionRemoved,
}

/// <summary>One difference between two workflows.</summary>
/// <param name="Message">The difference in Chinese words.</param>
/// <param name="ActivityId">The step; of a connection the one that it leaves.</param>
/// <param name="Port">The outcome by which a connection leaves.</param>
/// <param name="Before">The input's former value.</param>
/// <param name="After">The input's value now.</param>
public sealed record Difference(DifferenceKind Kind, string Message, string ActivityId, string? Port = null, string? Before = null, string? After = null);
