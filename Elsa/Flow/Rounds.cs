namespace Elsa.Flow;

/// <summary>
/// Which round of each enclosing loop a piece of work belongs to. A join takes together only what belongs to the same round,
/// so that a branch sent back, or one that is late, never completes the join of another round.
/// </summary>
/// <param name="Of">The number of the round by the loop's first activity, in order of id; a loop not yet repeated is absent.</param>
internal sealed record Rounds(IReadOnlyList<KeyValuePair<string, int>> Of)
{
    public static Rounds? Enter(Rounds? rounds, string header, int number) =>
        new([.. (rounds?.Of ?? []).Where(pair => pair.Key != header).Append(new(header, number)).OrderBy(pair => pair.Key, StringComparer.Ordinal)]);

    /// <summary>Forgets the loops that an activity does not stand in.</summary>
    public static Rounds? Keep(Rounds? rounds, IReadOnlySet<string> headers)
    {
        if (rounds is null)
            return null;
        var kept = rounds.Of.Where(pair => headers.Contains(pair.Key)).ToList();
        return kept.Count == rounds.Of.Count ? rounds : kept.Count == 0 ? null : new(kept);
    }

    public static bool Same(Rounds? left, Rounds? right) => left is null ? right is null : right is not null && left.Of.SequenceEqual(right.Of);
}
