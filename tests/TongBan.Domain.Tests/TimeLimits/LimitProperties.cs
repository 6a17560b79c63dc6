using CsCheck;
using Shouldly;
using TongBan.Domain.TimeLimits;
using Xunit;

namespace TongBan.Domain.Tests.TimeLimits;

/// <summary>The count held against a naive one on random calendars and ledgers.</summary>
public sealed class LimitProperties
{
    private const int Ledgers = 100_000;

    // 35 days of a budget with its extension, their weekends, and 30 odd days of the calendar take less.
    private const int LongestCount = 200;

    private static readonly DateOnly First = new(2026, 1, 1);

    private static readonly Gen<DateOnly> GenDate = Gen.Int[0, 300].Select(First.AddDays);

    private static readonly Gen<WorkingCalendar> GenCalendar =
        Gen.Select(
            Gen.Select(GenDate, Gen.Bool, (date, working) => new CalendarDay(date, working, "某日")).Array[0, 30],
            Gen.Bool,
            (days, movesOn) => new WorkingCalendar(days, [2026], movesOn));

    /// <summary>A start, then stops and resumptions in turn with gaps of 0 to 12 days, and perhaps an extension.</summary>
    private static readonly Gen<LimitEntry[]> GenLedger =
        Gen.Select(GenDate, Gen.Int[0, 12].Array[0, 6], Gen.Int[0, 10], (start, gaps, extension) =>
        {
            var entries = new List<LimitEntry> { new(LimitEntryKind.Start, start) };
            foreach (var gap in gaps)
            {
                var kind = entries[^1].Kind == LimitEntryKind.Stop ? LimitEntryKind.Resume : LimitEntryKind.Stop;
                entries.Add(new LimitEntry(kind, entries[^1].On.AddDays(gap), "补正"));
            }

            if (extension > 0)
            {
                entries.Add(new LimitEntry(LimitEntryKind.Extend, entries[^1].On, "延长", extension));
            }

            return entries.ToArray();
        });

    [Fact]
    public void Explain_RandomLedger_IsDueWhereTheNaiveWalkEnds() =>
        Gen.Select(GenCalendar, GenLedger, Gen.Int[1, 25], Gen.Enum<DayKind>()).Sample(
            (calendar, ledger, budget, kind) =>
                Limit.Explain(budget, kind, ledger, calendar).Due == NaiveDue(budget, kind, ledger, calendar),
            iter: Ledgers);

    [Fact]
    public void Explain_RandomLedger_ListsEveryDateOnceAndCountsTheBudget() =>
        Gen.Select(GenCalendar, GenLedger, Gen.Int[1, 25], Gen.Enum<DayKind>()).Sample((calendar, ledger, budget, kind) =>
        {
            var answer = Limit.Explain(budget, kind, ledger, calendar);
            for (var index = 0; index < answer.Days.Count; index++)
            {
                answer.Days[index].Date.ShouldBe(ledger[0].On.AddDays(index));
            }

            answer.Days.Count(day => day.Counted).ShouldBe(answer.Used);
            (answer.Due is null).ShouldBe(answer.Left > 0);
            answer.Days.Where(day => day.Counted && kind == DayKind.Working).ShouldAllBe(day => calendar.IsWorking(day.Date));
        });

    [Fact]
    public void Explain_OneDayMore_IsNeverDueEarlier() =>
        Gen.Select(GenCalendar, GenLedger, Gen.Int[1, 25], Gen.Enum<DayKind>()).Sample((calendar, ledger, budget, kind) =>
            (Limit.Explain(budget, kind, ledger, calendar).Due, Limit.Explain(budget + 1, kind, ledger, calendar).Due) is var (less, more)
            && (less is null ? more is null : more is null || more >= less));

    /// <summary>Asks of each date afresh, by reading the whole ledger, whether the clock ran as the date began.</summary>
    private static DateOnly? NaiveDue(int budget, DayKind kind, LimitEntry[] ledger, WorkingCalendar calendar)
    {
        var start = ledger[0].On;
        while (calendar.ReceiptMovesOn && !calendar.IsWorking(start))
        {
            start = start.AddDays(1);
        }

        var left = budget + ledger.Sum(entry => entry.Days);
        var horizon = ledger[^1].On.AddDays(LongestCount);
        for (var date = start.AddDays(1); date <= horizon; date = date.AddDays(1))
        {
            if ((kind == DayKind.Calendar || calendar.IsWorking(date)) && RunsAfter(ledger, date.AddDays(-1))
                && (left > 1 || RunsAfter(ledger, date)) && --left == 0)
            {
                return date;
            }
        }

        return null;
    }

    private static bool RunsAfter(LimitEntry[] ledger, DateOnly date) => Array.FindLast(
        ledger, entry => entry.On <= date && entry.Kind is (LimitEntryKind.Stop or LimitEntryKind.Resume))?.Kind != LimitEntryKind.Stop;
}
