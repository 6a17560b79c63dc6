using System.Diagnostics.Metrics;
using Dapper;
using Elsa.Execution;
using Elsa.Persistence;
using Elsa.Scheduling.Bookmarks;
using Elsa.Workflows.Models;

namespace Elsa.Runtime;

/// <summary>A timer that is due or soon will be.</summary>
/// <param name="Id">To fire it by.</param>
/// <param name="DueAt">When.</param>
public sealed record DueTimer(string Id, DateTimeOffset DueAt);

/// <summary>
/// The timers of all instances. The host hands over those due soon to its job server and fires them when they are due; any
/// number of hosts may do so, each timer still fires once.
/// </summary>
public sealed class TimerQueue
{
    /// <summary>Later than this is said in the instance's journal: no host was there, or all were busy.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromMinutes(1);

    private static readonly Meter Meter = new("Elsa.Timers");

    private static readonly Histogram<double> Lateness = Meter.CreateHistogram<double>("elsa.timer.lateness", "s", "How long after its due time a timer fired.");

    private readonly DatabaseSession _session;
    private readonly InstanceRunner _runner;
    private readonly InstanceStarter _starter;
    private readonly TimeProvider _time;

    internal TimerQueue(DatabaseSession session, InstanceRunner runner, InstanceStarter starter, TimeProvider time) =>
        (_session, _runner, _starter, _time) = (session, runner, starter, time);

    /// <summary>The timers due up to a moment, earliest first.</summary>
    public Task<IReadOnlyList<DueTimer>> FetchDueAsync(DateTimeOffset until, int limit, CancellationToken ct) => _session.InTransactionAsync<IReadOnlyList<DueTimer>>(async token =>
        [.. (await _session.Connection.QueryAsync<(string Id, DateTime DueAt)>(new(
            "select id, due_at from elsa.timers where due_at <= @until order by due_at limit @limit", new { until = until.UtcDateTime, limit }, cancellationToken: token)))
            .Select(row => new DueTimer(row.Id, row.DueAt))], ct);

    /// <summary>Hands out timers that are due, earliest first: nobody else is handed them before the lease ends.</summary>
    /// <param name="most">As many may be out at once, over all hosts: after an outage the rest waits its turn.</param>
    /// <param name="lease">How long they are left to whoever was handed them.</param>
    /// <param name="ct">Gives up.</param>
    public Task<IReadOnlyList<string>> HandOutAsync(int most, TimeSpan lease, CancellationToken ct) => _session.InTransactionAsync<IReadOnlyList<string>>(async token =>
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return (await _session.Connection.QueryAsync<string>(new(
            """
            with handed as (
                update elsa.timers set handed_until = @until
                where id in (
                    select id from elsa.timers where greatest(due_at, handed_until) <= @now
                    order by greatest(due_at, handed_until)
                    limit greatest(0, @most - (select count(*) from elsa.timers where handed_until > @now)) for update skip locked)
                returning id, due_at)
            select id from handed order by due_at, id
            """,
            new { now, until = now + lease, most },
            cancellationToken: token))).AsList();
    }, ct);

    /// <summary>When the next timer is to be handed out; null when there is none.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) => _session.InTransactionAsync(async token =>
        (DateTimeOffset?)await _session.Connection.ExecuteScalarAsync<DateTime?>(new("select greatest(due_at, handed_until) from elsa.timers order by greatest(due_at, handed_until) limit 1", cancellationToken: token)), ct);

    /// <summary>Fires a timer that is due. False when it is not due yet, was fired already, or has gone with what it belonged to.</summary>
    public Task<bool> FireAsync(string id, CancellationToken ct) => _session.InBurstAsync(async token =>
    {
        // The instance is locked before its timer, as in every burst: a burst that ends the wait deletes the timer too.
        // The row is claimed by deleting it. Checkpoint: a crash before the commit brings it back, and it is fetched again.
        var now = _time.GetUtcNow();
        await _session.BeginAsync(token);
        await using var found = await _session.Connection.QueryMultipleAsync(new(
            """
            select id from elsa.instances where id = (select instance_id from elsa.timers where id = @id) for update;
            delete from elsa.timers where id = @id and due_at <= @now
            returning instance_id as "InstanceId", bookmark_id as "BookmarkId", trigger_id as "TriggerId", due_at as "DueAt"
            """,
            new { id, now = now.UtcDateTime },
            cancellationToken: token));
        await found.ReadAsync<string>();
        var row = await found.ReadSingleOrDefaultAsync<TimerRow>();
        if (row is null)
            return false;
        var late = now - new DateTimeOffset(row.DueAt, TimeSpan.Zero);
        Lateness.Record(late.TotalSeconds);
        if (row.TriggerId is not null)
            await StartAsync(row.TriggerId, token);
        else if (row.BookmarkId is not null)
            await _runner.ResumeAsync(row.InstanceId!, bookmark => bookmark.Id == row.BookmarkId, null, token, late > InTime ? $"Due at {row.DueAt:O}, fired {late:c} late." : null);
        else
            await _runner.RunPendingAsync(row.InstanceId!, null, token);
        return true;
    }, ct);

    private async Task StartAsync(string triggerId, CancellationToken ct)
    {
        var trigger = await _session.Connection.QuerySingleOrDefaultAsync<(string VersionId, string ActivityId, string Name, string? Payload)?>(new(
            "select version_id, activity_id, name, payload::text from elsa.triggers where id = @triggerId", new { triggerId }, cancellationToken: ct));
        if (trigger is not { } found)
            return;
        if (Read(found.Name, found.Payload)?.NextAfter(_time.GetUtcNow()) is { } next)
            await _session.Connection.ExecuteAsync(new("insert into elsa.timers (id, trigger_id, due_at) values (@triggerId, @triggerId, @next)", new { triggerId, next = next.UtcDateTime }, cancellationToken: ct));
        await _starter.TryStartAsync(WorkflowDefinitionHandle.ByDefinitionVersionId(found.VersionId), new() { TriggerActivityId = found.ActivityId }, ct);
    }

    private static ITimedTrigger? Read(string name, string? payload) => payload is null ? null : name switch
    {
        "Elsa.Timer" => System.Text.Json.JsonSerializer.Deserialize<TimerTriggerPayload>(payload, System.Text.Json.JsonSerializerOptions.Web),
        "Elsa.Cron" => System.Text.Json.JsonSerializer.Deserialize<CronTriggerPayload>(payload, System.Text.Json.JsonSerializerOptions.Web),
        _ => null,
    };

    private sealed record TimerRow(string? InstanceId, string? BookmarkId, string? TriggerId, DateTime DueAt);
}
