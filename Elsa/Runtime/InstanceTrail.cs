using System.Text.Json;
using Dapper;
using Elsa.Persistence;

namespace Elsa.Runtime;

/// <summary>An activity that ran or runs in an instance.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="ActivityId">The activity's id in its container.</param>
/// <param name="ActivityType">As in <c>Elsa.WriteLine</c>.</param>
/// <param name="Status">How it stands, a name of <c>ActivityStatus</c>.</param>
/// <param name="StartedAt">In UTC.</param>
/// <param name="CompletedAt">In UTC; null while it is not complete.</param>
/// <param name="Outcomes">How it left; empty while it has not, or when it left by its one way.</param>
/// <param name="IsWaiting">Whether it waits to be woken.</param>
/// <param name="Error">Why it failed.</param>
public sealed record TrailStep(
    string ExecutionId, string ActivityId, string ActivityType, string Status, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, IReadOnlyList<string> Outcomes, bool IsWaiting, string? Error);

/// <summary>Where an instance has been and what it waits for.</summary>
public sealed class InstanceTrail
{
    private readonly DatabaseSession _session;

    internal InstanceTrail(DatabaseSession session) => _session = session;

    /// <summary>The instance's activities in the order in which they began.</summary>
    public async Task<IReadOnlyList<TrailStep>> ReadAsync(string instanceId, CancellationToken ct) =>
        [.. (await _session.Connection.QueryAsync<Row>(new(
            """
            select e.id as "Id", e.activity_id as "ActivityId", e.activity_type as "ActivityType", e.status as "Status", e.started_at as "StartedAt", e.completed_at as "CompletedAt",
                   e.payload::text as "Payload", e.exception::text as "Exception", exists (select 1 from elsa.bookmarks b where b.instance_id = e.instance_id and b.activity_instance_id = e.id) as "IsWaiting"
            from elsa.executions e
            where e.instance_id = @instanceId
            order by e.number
            """,
            new { instanceId },
            cancellationToken: ct))).Select(row => row.ToStep())];

    /// <summary>The names of the events that the instance waits for.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string instanceId, CancellationToken ct) =>
        [.. (await _session.Connection.QueryAsync<string>(new(
            "select payload ->> 'eventName' from elsa.bookmarks where instance_id = @instanceId and name = @name", new { instanceId, name = Workflows.Runtime.RuntimeStimulusNames.Event }, cancellationToken: ct)))];

    /// <summary>The instance's timer that is due first; null when it has none.</summary>
    public async Task<DueTimer?> NextTimerAsync(string instanceId, CancellationToken ct) =>
        await _session.Connection.QuerySingleOrDefaultAsync<(string Id, DateTime DueAt)?>(new(
            "select id, due_at from elsa.timers where instance_id = @instanceId order by due_at limit 1", new { instanceId }, cancellationToken: ct)) is { } timer ? new DueTimer(timer.Id, timer.DueAt) : null;

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string ActivityId { get; init; }

        public required string ActivityType { get; init; }

        public required string Status { get; init; }

        public DateTime StartedAt { get; init; }

        public DateTime? CompletedAt { get; init; }

        public string? Payload { get; init; }

        public string? Exception { get; init; }

        public bool IsWaiting { get; init; }

        public TrailStep ToStep() => new(Id, ActivityId, ActivityType, Status, StartedAt, CompletedAt, Outcomes(), IsWaiting, Error());

        private string[] Outcomes()
        {
            if (Payload is null)
                return [];
            using var payload = JsonDocument.Parse(Payload);
            return payload.RootElement.TryGetProperty("Outcomes", out var names) && names.ValueKind == JsonValueKind.Array ? [.. names.EnumerateArray().Select(name => name.GetString()).OfType<string>()] : [];
        }

        private string? Error()
        {
            if (Exception is null)
                return null;
            using var exception = JsonDocument.Parse(Exception);
            return ExceptionJson.Read(exception.RootElement)?.Message;
        }
    }
}
