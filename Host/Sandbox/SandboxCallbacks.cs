using System.Text.Json;
using Dapper;
using Hangfire;
using Npgsql;
using TongBan.Domain;
using TongBan.Domain.Partners;

namespace TongBan.Host.Sandbox;

/// <summary>Something that a sandbox partner will say.</summary>
/// <param name="Subject">What it is about; messages of one subject are sent in order of their position.</param>
internal sealed record Callback(
    string MessageId, string Subject, int Position, PartnerKind Kind, string Partner, string Status, string Body, DateTimeOffset DueAt);

/// <summary>What sandbox partners have still to say. The rows are the truth; jobs only say when to look.</summary>
internal sealed class SandboxCallbacks(NpgsqlConnection connection, IBackgroundJobClient jobs, TimeProvider time)
{
    /// <summary>Writes a message down, in the transaction of what it answers.</summary>
    public Task PlanAsync(Callback callback) =>
        connection.ExecuteAsync(
            """
            insert into sandbox.callbacks (message_id, subject, position, partner_kind, partner, status, body, due_at)
            values (@MessageId, @Subject, @Position, @kind, @Partner, @Status, @Body::jsonb, @DueAt)
            """,
            new { callback.MessageId, callback.Subject, callback.Position, kind = Codes.Of(callback.Kind), callback.Partner, callback.Status, callback.Body, callback.DueAt });

    /// <summary>Has somebody look at the subject now.</summary>
    public void Wake(string subject) => jobs.Enqueue<SandboxCallbackJob>(job => job.SendNextAsync(subject, CancellationToken.None));

    /// <summary>Has somebody look at the subject then.</summary>
    public void WakeAt(string subject, DateTimeOffset at)
    {
        var delay = at - time.GetUtcNow();
        if (delay <= TimeSpan.Zero)
            Wake(subject);
        else
            jobs.Schedule<SandboxCallbackJob>(job => job.SendNextAsync(subject, CancellationToken.None), delay);
    }

    /// <summary>The subject's first message that was not heard yet, or null.</summary>
    public async Task<Callback?> NextAsync(string subject) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(
            """
            select message_id as MessageId, subject, position, partner_kind as Kind, partner, status, body, due_at as DueAt
            from sandbox.callbacks where subject = @subject and delivered_at is null order by position limit 1
            """,
            new { subject }))?.ToCallback();

    /// <summary>What an authority's system had to say of a case until now, heard or not.</summary>
    public async Task<IReadOnlyList<JsonElement>> SaidAsync(string authority, string caseNumber) =>
        [.. (await connection.QueryAsync<string>(
            """
            select c.body from sandbox.callbacks c join sandbox.cases k on k.idempotency_key = c.subject
            where k.authority = @authority and k.case_number = @caseNumber and c.due_at <= @now order by c.due_at
            """,
            new { authority, caseNumber, now = time.GetUtcNow() })).Select(body => JsonSerializer.Deserialize<JsonElement>(body))];

    /// <summary>The subjects that have been waiting since before then.</summary>
    public async Task<IReadOnlyList<string>> OverdueAsync(DateTimeOffset before) =>
        (await connection.QueryAsync<string>("select distinct subject from sandbox.callbacks where delivered_at is null and due_at < @before", new { before })).AsList();

    /// <summary>Writes down that the host took the message, and what that makes of the parcel or case.</summary>
    public Task DeliveredAsync(Callback callback) =>
        connection.ExecuteAsync(
            """
            update sandbox.callbacks set delivered_at = @now, attempts = attempts + 1 where message_id = @MessageId;
            update sandbox.orders set status = @Status where order_no = @Subject;
            update sandbox.cases set status = @Status where idempotency_key = @Subject
            """,
            new { callback.MessageId, callback.Status, callback.Subject, now = time.GetUtcNow() });

    /// <summary>Counts an attempt that the host did not take.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> FailedAsync(Callback callback) =>
        connection.ExecuteScalarAsync<int>(
            "update sandbox.callbacks set attempts = attempts + 1 where message_id = @MessageId returning attempts", new { callback.MessageId });

    private sealed record Row
    {
        public required string MessageId { get; init; }

        public required string Subject { get; init; }

        public int Position { get; init; }

        public PartnerKind Kind { get; init; }

        public required string Partner { get; init; }

        public required string Status { get; init; }

        public required string Body { get; init; }

        public DateTime DueAt { get; init; }

        public Callback ToCallback() => new(MessageId, Subject, Position, Kind, Partner, Status, Body, DueAt);
    }
}
