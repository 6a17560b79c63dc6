namespace TongBan.Domain.TimeLimits;

/// <summary>
/// The count of a limit: a pure function of its ledger and the calendar, so that the due date can always be told and
/// shown again.
/// </summary>
/// <remarks>
/// A day counts when the clock was running as the day began: the day of the start and the day of a resumption do not
/// count, the day of a stop does, and the due date moves by exactly the working days that the stop lasted. One exception: a
/// clock stopped on its last day keeps that day, or it would be overdue the moment it goes on.
/// </remarks>
public static class Limit
{
    /// <summary>Counts a limit.</summary>
    /// <param name="budget">Days granted at the start, at least 1, in days of <paramref name="dayKind"/>.</param>
    /// <param name="dayKind">Which days count.</param>
    /// <param name="entries">The ledger in order, beginning with its start; see <see cref="LimitLedger.Check"/>.</param>
    /// <param name="calendar">The working days of the place.</param>
    /// <param name="startsByReceipt">True for limits that begin with a receipt, which a day off moves on where the calendar says so.</param>
    /// <param name="warningDays">Yellow from this many days left; null for a fifth of the budget, at least 1.</param>
    /// <exception cref="ArgumentException">The ledger does not begin with a start, or the budget is not positive.</exception>
    public static LimitAnswer Explain(
        int budget,
        DayKind dayKind,
        IReadOnlyList<LimitEntry> entries,
        WorkingCalendar calendar,
        bool startsByReceipt = true,
        int? warningDays = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        if (entries is not [{ Kind: LimitEntryKind.Start } start, ..])
        {
            throw new ArgumentException("The ledger must begin with a start.", nameof(entries));
        }

        var granted = budget + entries.Sum(entry => entry.Days);
        var walk = new Walk(granted, dayKind, calendar, Stops(entries));
        walk.Begin(start.On, startsByReceipt && calendar.ReceiptMovesOn);
        var due = walk.ToTheEnd();
        var state = entries[^1].Kind == LimitEntryKind.End ? LimitState.Ended : due is null ? LimitState.Stopped : StateAfter(entries);
        return new LimitAnswer(state, granted, walk.Used, due, walk.DateWhenLeft(warningDays ?? DefaultWarning(granted)), walk.DateWhenLeft(1), walk.Days) { DayKind = dayKind };
    }

    /// <summary>The default threshold of the yellow light: a fifth of the days, at least 1.</summary>
    public static int DefaultWarning(int budget) => Math.Max(1, budget / 5);

    private static LimitState StateAfter(IReadOnlyList<LimitEntry> entries) =>
        entries.Last(entry => entry.Kind != LimitEntryKind.Extend).Kind == LimitEntryKind.Stop ? LimitState.Stopped : LimitState.Running;

    /// <summary>The spans in which the clock stood: from the date of a stop to the date of its resumption, or without end.</summary>
    private static List<Stop> Stops(IReadOnlyList<LimitEntry> entries)
    {
        var stops = new List<Stop>();
        foreach (var entry in entries)
        {
            if (entry.Kind == LimitEntryKind.Stop)
            {
                stops.Add(new Stop(entry.On, null, entry.Reason));
            }
            else if (entry.Kind == LimitEntryKind.Resume && stops is [.., { Until: null } open])
            {
                stops[^1] = open with { Until = entry.On };
            }
        }

        // Ended while stopped, such as a withdrawal: nothing goes on after it.
        return stops.FindAll(stop => stop.Until != stop.From);
    }

    private readonly record struct Stop(DateOnly From, DateOnly? Until, string? Reason);

    /// <summary>Goes through the dates one by one and notes why each counted or did not.</summary>
    private sealed class Walk(int granted, DayKind dayKind, WorkingCalendar calendar, List<Stop> stops)
    {
        private int _nextStop;

        internal int Used { get; private set; }

        internal List<LimitDay> Days { get; } = [];

        internal void Begin(DateOnly start, bool receiptMovesOn)
        {
            var counted = receiptMovesOn ? calendar.WorkingDayFrom(start) : start;
            for (var date = start; date < counted; date = date.AddDays(1))
            {
                Note(date, false, DayRule.ReceiptMovedOn, calendar.NameOf(date));
            }

            Note(counted, false, DayRule.StartDay, null);
        }

        /// <summary>The due date, or null when the clock stands before it.</summary>
        internal DateOnly? ToTheEnd()
        {
            for (var date = Days[^1].Date.AddDays(1); ; date = date.AddDays(1))
            {
                // A stop on or before the start day leaves the walk at its first day.
                while (_nextStop < stops.Count && stops[_nextStop].Until < date)
                {
                    _nextStop++;
                }

                var stop = _nextStop < stops.Count && stops[_nextStop].From <= date ? stops[_nextStop] : (Stop?)null;
                if (stop is { } held && held.From < date)
                {
                    if (held.Until is null)
                    {
                        return null;
                    }

                    Note(date, false, DayRule.Stopped, held.Reason);
                }
                else if (Count(date, stop))
                {
                    return date;
                }
                else if (stop is { Until: null })
                {
                    return null;
                }
            }
        }

        /// <summary>The day from which no more than so many days are left, or null when the clock stands before it.</summary>
        internal DateOnly? DateWhenLeft(int left) =>
            granted <= left ? Days[0].Date
            : Used < granted - left ? null
            : Days.First(day => day.Counted && day.Number == granted - left).Date;

        /// <summary>True when the date was the last of the limit.</summary>
        private bool Count(DateOnly date, Stop? stop)
        {
            var rule = RuleOf(date);
            var counts = rule is DayRule.WorkingDay or DayRule.MakeUpDay or DayRule.CalendarDay;
            if (counts && Used + 1 == granted && stop is { } held)
            {
                Note(date, false, DayRule.StoppedOnLastDay, held.Reason);
                return false;
            }

            Used += counts ? 1 : 0;
            Note(date, counts, rule, calendar.NameOf(date));
            return Used == granted;
        }

        private DayRule RuleOf(DateOnly date) => dayKind == DayKind.Calendar ? DayRule.CalendarDay : calendar.NatureOf(date) switch
        {
            DateNature.MakeUpDay => DayRule.MakeUpDay,
            DateNature.Weekend => DayRule.Weekend,
            DateNature.Holiday => DayRule.Holiday,
            _ => DayRule.WorkingDay,
        };

        private void Note(DateOnly date, bool counted, DayRule rule, string? name) =>
            Days.Add(new LimitDay(date, counted, Used, rule, name, dayKind == DayKind.Calendar || calendar.IsPublished(date.Year)));
    }
}
