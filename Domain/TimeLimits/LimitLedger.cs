namespace TongBan.Domain.TimeLimits;

/// <summary>Which line may follow in a clock's ledger.</summary>
public static class LimitLedger
{
    /// <summary>Why a line may not be added; null when it may.</summary>
    /// <param name="budget">The days granted at the start.</param>
    /// <param name="due">The due date as the ledger stands, null while stopped.</param>
    /// <param name="ledger">The lines so far, beginning with the start.</param>
    /// <param name="next">The line to add.</param>
    public static Refusal? Check(int budget, DateOnly? due, IReadOnlyList<LimitEntry> ledger, LimitEntry next)
    {
        var last = ledger[^1];
        var stopped = ledger.Last(entry => entry.Kind != LimitEntryKind.Extend).Kind == LimitEntryKind.Stop;
        return last.Kind == LimitEntryKind.End ? new LimitEnded()
            : next.On < last.On ? new LimitOutOfOrder(next.On, last.On)
            : next.Kind switch
            {
                LimitEntryKind.Stop when stopped => new LimitAlreadyStopped(),
                LimitEntryKind.Resume when !stopped => new LimitNotStopped(),
                LimitEntryKind.Extend => CheckExtension(budget, due, ledger, next),
                LimitEntryKind.Start => throw new ArgumentException("A ledger starts once.", nameof(next)),
                _ => null,
            };
    }

    /// <summary>
    /// An extension adds its days whenever it is heard of: granted before the last entry, it is entered on that entry's day. When it
    /// was granted stays with who wrote it.
    /// </summary>
    public static LimitEntry InOrder(IReadOnlyList<LimitEntry> ledger, LimitEntry next) =>
        next.Kind == LimitEntryKind.Extend && next.On < ledger[^1].On ? next with { On = ledger[^1].On } : next;

    private static Refusal? CheckExtension(int budget, DateOnly? due, IReadOnlyList<LimitEntry> ledger, LimitEntry next)
    {
        var longest = LimitBounds.LongestExtension(budget);
        return next.Days < 1 || next.Days > longest ? new ExtensionTooLong(next.Days, longest)
            : ledger.Any(entry => entry.Kind == LimitEntryKind.Extend) ? new ExtensionRepeated()
            : next.On > due ? new ExtensionTooLate(due.Value)
            : null;
    }
}
