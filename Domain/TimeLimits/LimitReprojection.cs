using System.Globalization;
using Dapper;
using Npgsql;
using TongBan.Domain.Cases;
using TongBan.Domain.People;

namespace TongBan.Domain.TimeLimits;

/// <summary>
/// Counts the open limits again after a calendar was changed, and says in each case's timeline what moved and why. Limits that have
/// ended keep their dates.
/// </summary>
/// <remarks>
/// Each step is to be a transaction of its own: the clocks of the step are locked while they are counted, so that a stop or
/// resumption at the same moment waits, and is counted with the new calendar.
/// </remarks>
/// <param name="connection">The job's connection.</param>
/// <param name="calendars">Read afresh for every step: give each a scope of its own.</param>
public sealed class LimitReprojection(NpgsqlConnection connection, CalendarStore calendars, LimitRecountStore recounts, TimelineStore timeline)
{
    private const int Batch = 200;

    /// <summary>Counts the next limits. May be repeated after a crash: what was counted is counted to the same date.</summary>
    /// <returns>False when none is left.</returns>
    public async Task<bool> StepAsync(Guid id, CancellationToken cancellation = default)
    {
        if (await recounts.LockAsync(id) is not { FinishedAt: null } recount)
            return false;

        var clocks = await new LimitRows(connection).LockOpenAfterAsync(recount.LastClock, LimitRecountStore.PlaceOf(recount.Division), Batch, cancellation);
        var changes = new List<(ClockRow Clock, LimitAnswer Answer)>();
        foreach (var clock in clocks)
        {
            var answer = clock.Explain(await calendars.ForAsync(clock.Division, cancellation), clock.Entries);
            if (answer.Due != clock.DueOn || answer.Warn != clock.WarnOn)
                changes.Add((clock, answer));
        }

        await StoreAsync(changes, cancellation);
        var moved = changes.Where(change => change.Answer.Due != change.Clock.DueOn).ToList();
        await timeline.AddAllAsync(
            [.. moved.Select(change => (change.Clock.CaseNumber, change.Clock.Kind == LimitKind.Step ? "light" : "recount", Words(change.Clock, change.Answer)))], Actor.System, recount.Reason);
        await recounts.GoOnAsync(recount, clocks.Count, moved.Count, clocks is [.., var last] ? last.Id : recount.LastClock, isFinished: clocks.Count < Batch);
        return clocks.Count == Batch;
    }

    private static string Words(ClockRow clock, LimitAnswer answer) =>
        $"{LimitWords.Of(clock.Kind)}{(clock.Step.Length > 0 ? $"（{clock.Step}）" : "")}由{Text(clock.DueOn)}改为{Text(answer.Due)}";

    private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "暂停后另计";

    private Task StoreAsync(List<(ClockRow Clock, LimitAnswer Answer)> changes, CancellationToken cancellation)
    {
        const string sql = """
            update tongban.limit_clocks as clock
            set due_on = new.due_on, warn_on = new.warn_on, prompt_on = new.prompt_on, state = new.state, left_days = new.left_days, handed_until = null,
                next_at = tongban.limit_next(clock.id, new.due_on, new.prompt_on, new.warn_on, null, clock.muted)
            from unnest(@Ids, @Dues, @Warns, @Prompts, @States, @Lefts) as new (id, due_on, warn_on, prompt_on, state, left_days)
            where clock.id = new.id
            """;
        return connection.ExecuteAsync(new CommandDefinition(
            sql,
            new
            {
                Ids = changes.Select(change => change.Clock.Id).ToArray(),
                Dues = changes.Select(change => change.Answer.Due).ToArray(),
                Warns = changes.Select(change => change.Answer.Warn).ToArray(),
                Prompts = changes.Select(change => change.Answer.Prompt).ToArray(),
                States = changes.Select(change => Codes.Of(change.Answer.State)).ToArray(),
                Lefts = changes.Select(change => change.Answer.Left).ToArray(),
            },
            cancellationToken: cancellation));
    }
}
