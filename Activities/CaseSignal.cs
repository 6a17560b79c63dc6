namespace TongBan.Activities;

/// <summary>
/// Wakes the steps of a case that wait. It carries no news: a step that is woken looks at the case's rows for what it
/// waits for, so a signal that comes twice, early or for nothing does no harm.
/// </summary>
/// <param name="CaseNumber">The case whose rows changed.</param>
public sealed record CaseSignal(string CaseNumber)
{
    /// <summary>The bookmark name under which steps wait for it.</summary>
    public const string Name = "TongBan.CaseSignal";
}
