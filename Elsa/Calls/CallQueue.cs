using System.Text.Json;
using Dapper;
using Elsa.Email;
using Elsa.Persistence;
using Elsa.Runtime;
using Microsoft.Extensions.Options;

namespace Elsa.Calls;

/// <summary>
/// The calls to the outside that workflows wait for. The host hands out those that are due to its job server, which makes them;
/// any number of hosts may do so. Inserting one notifies the channel <c>elsa_calls</c>.
/// </summary>
public sealed class CallQueue
{
    /// <summary>What a maker gets beyond the call's own time to store the answer.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly DatabaseSession _session;
    private readonly InstanceRunner _runner;
    private readonly HttpCaller _http;
    private readonly MailCaller _mail;
    private readonly TimeProvider _time;
    private readonly OutboundOptions _options;

    internal CallQueue(DatabaseSession session, InstanceRunner runner, HttpCaller http, MailCaller mail, IOptions<OutboundOptions> options, TimeProvider time) =>
        (_session, _runner, _http, _mail, _options, _time) = (session, runner, http, mail, options.Value, time);

    /// <summary>Hands out calls that are due, earliest first: nobody else is handed them before the lease ends.</summary>
    /// <param name="limit">As many at the most.</param>
    /// <param name="lease">How long they are left to whoever was handed them.</param>
    /// <param name="ct">Gives up.</param>
    public Task<IReadOnlyList<string>> HandOutAsync(int limit, TimeSpan lease, CancellationToken ct) => _session.InTransactionAsync<IReadOnlyList<string>>(async token =>
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return (await _session.Connection.QueryAsync<string>(new(
            """
            update elsa.calls set handed_until = @until
            where id in (
                select id from elsa.calls where greatest(due_at, handed_until) <= @now
                order by greatest(due_at, handed_until) limit @limit for update skip locked)
            returning id
            """,
            new { now, until = now + lease, limit },
            cancellationToken: token))).AsList();
    }, ct);

    /// <summary>When the next call is to be handed out; null when there is none.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) => _session.InTransactionAsync(async token =>
        (DateTimeOffset?)await _session.Connection.ExecuteScalarAsync<DateTime?>(new("select greatest(due_at, handed_until) from elsa.calls order by greatest(due_at, handed_until) limit 1", cancellationToken: token)), ct);

    /// <summary>Makes a call, outside of any transaction, and resumes what waits for it. False when it is being made, is not due, or has gone with what waited.</summary>
    public async Task<bool> MakeAsync(string id, CancellationToken ct)
    {
        // Checkpoint 1: a crash before the answer is stored means the call is made again, with the same Idempotency-Key, when the lease is over.
        if (await TakeAsync(id, ct) is not { } call)
            return false;
        var result = call.Result is { } stored ? JsonSerializer.Deserialize<CallResult>(stored)! : null;
        if (result is null)
        {
            result = call.Kind == CallKinds.Mail ? await _mail.SendAsync(id, call.Request, ct) : await _http.SendAsync(id, JsonSerializer.Deserialize<HttpCall>(call.Request)!, ct);
            if (result.IsTransient && call.Attempts < call.MostAttempts)
                return await PostponeAsync(id, call.Attempts, ct);
            // Checkpoint 2: a crash after this means that the call is not made again: the next one who is handed it finds the answer.
            if (!await StoreAsync(id, result, ct))
                return false;
        }

        return await _runner.ResumeAsync(call.InstanceId, bookmark => bookmark.Id == call.BookmarkId, new Dictionary<string, object>(StringComparer.Ordinal) { [CallResult.InputKey] = result }, ct) is not null;
    }

    private Task<CallRow?> TakeAsync(string id, CancellationToken ct) => _session.InTransactionAsync(token =>
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return _session.Connection.QuerySingleOrDefaultAsync<CallRow>(new(
            """
            update elsa.calls set attempts = attempts + 1, taken_until = @until, handed_until = @until
            where id = @id and due_at <= @now and (taken_until is null or taken_until <= @now or result is not null)
            returning instance_id as "InstanceId", bookmark_id as "BookmarkId", kind as "Kind", request::text as "Request", result::text as "Result", attempts as "Attempts", most_attempts as "MostAttempts"
            """,
            new { id, now, until = now + _options.Timeout + Margin },
            cancellationToken: token));
    }, ct);

    private Task<bool> PostponeAsync(string id, int attempts, CancellationToken ct) => _session.InTransactionAsync(async token =>
    {
        var due = _time.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(1 << Math.Min(attempts - 1, 10));
        await _session.Connection.ExecuteAsync(new("update elsa.calls set due_at = @due, taken_until = null, handed_until = null where id = @id", new { id, due }, cancellationToken: token));
        return false;
    }, ct);

    private Task<bool> StoreAsync(string id, CallResult result, CancellationToken ct) => _session.InTransactionAsync(async token =>
        await _session.Connection.ExecuteAsync(new("update elsa.calls set result = @result::json where id = @id", new { id, result = JsonSerializer.Serialize(result) }, cancellationToken: token)) > 0, ct);

    private sealed record CallRow(string InstanceId, string BookmarkId, string Kind, string Request, string? Result, int Attempts, int MostAttempts);
}
