using System.Text.Json;
using Dapper;
using Npgsql;
using TongBan.Domain.Privacy;

namespace TongBan.Domain.Partners;

/// <summary>Calls to partners that were decided in a transaction and are made after it. A step makes each operation once.</summary>
public sealed class Outbox(NpgsqlConnection connection, PersonalSeal seal, TimeProvider time)
{
    private const string Columns =
        """
        id, partner_kind as Kind, partner, operation, case_number as CaseNumber, step, personal, personal_key as PersonalKey, payload, state, attempts, answer,
        last_error as LastError
        """;

    private const string NotPaused =
        "not exists (select from tongban.partners p where p.partner_kind = c.partner_kind and p.partner = c.partner and p.paused_at is not null)";

    /// <summary>The step's call of this operation as it stands: written now if there was none.</summary>
    /// <param name="kind">The kind of partner.</param>
    /// <param name="partner">The provider's or authority's code.</param>
    /// <param name="operation">What is asked of it.</param>
    /// <param name="caseNumber">The case it is about.</param>
    /// <param name="step">Whose call it is.</param>
    /// <param name="payload">The request body.</param>
    /// <param name="recipient">The phone number or mail address, for a message to a person.</param>
    public async Task<PartnerCall> ExpectAsync(
        PartnerKind kind, string partner, string operation, string caseNumber, string step, object payload, string? recipient = null)
    {
        var id = Guid.CreateVersion7();
        var carried = seal.Seal(payload, RowOf(id));
        await connection.ExecuteAsync(
            """
            insert into tongban.partner_calls (id, partner_kind, partner, operation, case_number, step, personal, personal_key, recipient_mark, next_attempt_at, created_at)
            values (@id, @kind, @partner, @operation, @caseNumber, @step, @Bytes, @Key, @mark, @now, @now)
            on conflict (step, operation) do nothing
            """,
            new
            {
                id, kind = Codes.Of(kind), partner, operation, caseNumber, step, carried.Bytes, carried.Key, now = time.GetUtcNow(),
                mark = recipient is null ? null : seal.Mark(PersonalSeal.Phone, recipient),
            });
        return (await OneAsync("step = @step and operation = @operation", new { step, operation }))!;
    }

    /// <summary>The call, or null.</summary>
    public Task<PartnerCall?> FindAsync(Guid id) => OneAsync("id = @id", new { id });

    /// <summary>The step's call of this operation, or null when there was none.</summary>
    public Task<PartnerCall?> FindAsync(string step, string operation) => OneAsync("step = @step and operation = @operation", new { step, operation });

    /// <summary>The case's calls that are still to be made, oldest first.</summary>
    public async Task<IReadOnlyList<PartnerCall>> PendingAsync(string caseNumber) =>
        [.. (await connection.QueryAsync<Row>(
            $"select {Columns} from tongban.partner_calls where case_number = @caseNumber and state = 'pending' order by created_at, id", new { caseNumber })).Select(row => row.ToCall(seal))];

    /// <summary>Takes a pending call for one attempt; null when it is not pending any more, somebody is at it, or its partner is paused.</summary>
    /// <param name="id">The call.</param>
    /// <param name="lease">How long nobody else takes it: a crash in the attempt costs this much delay and nothing else.</param>
    public Task<PartnerCall?> ClaimAsync(Guid id, TimeSpan lease) =>
        OneAsync(
            $"""
            update tongban.partner_calls c set attempts = attempts + 1, next_attempt_at = @until, taken_until = @until
            where id = @id and state = 'pending' and (taken_until is null or taken_until <= @now) and {NotPaused}
            returning {Columns}
            """,
            new { id, now = time.GetUtcNow(), until = time.GetUtcNow() + lease }, isWhole: true);

    /// <summary>Puts a call back that was taken and not made: it waits its turn, and no attempt is counted.</summary>
    public Task PutBackAsync(Guid id, TimeSpan delay) =>
        connection.ExecuteAsync(
            "update tongban.partner_calls set attempts = attempts - 1, next_attempt_at = @at, taken_until = null where id = @id and state = 'pending'",
            new { id, at = time.GetUtcNow() + delay });

    /// <summary>
    /// Takes one of the turns that a person's messages of one way have since then; a message keeps the turn it has. Whoever asks
    /// for the same person waits for the other, so that no turn is given twice.
    /// </summary>
    /// <returns>False when none is left.</returns>
    public async Task<bool> TakeMessageTurnAsync(Guid id, DateTimeOffset since, int most) =>
        // One batch is one transaction, and each of its statements sees what was committed before it.
        await connection.ExecuteAsync(
            """
            select pg_advisory_xact_lock(hashtextextended(encode(recipient_mark, 'hex'), 0)) from tongban.partner_calls where id = @id and recipient_mark is not null;
            update tongban.partner_calls mine set turn_at = coalesce(turn_at, @now)
            where id = @id and (recipient_mark is null or turn_at is not null or @most > (
                select count(*) from tongban.partner_calls other
                where other.recipient_mark = mine.recipient_mark and other.partner_kind = mine.partner_kind and other.turn_at > @since and other.state in ('pending', 'done')))
            """,
            new { id, since, most, now = time.GetUtcNow() }) == 1;

    /// <summary>Writes down the partner's answer; false when the call was settled otherwise meanwhile.</summary>
    public async Task<bool> AnswerAsync(Guid id, JsonElement answer) =>
        await connection.ExecuteAsync(
            "update tongban.partner_calls set state = 'done', answer = @answer::jsonb, last_error = null, taken_until = null, finished_at = @now where id = @id and state in ('pending', 'failed')",
            new { id, answer = answer.ValueKind == JsonValueKind.Undefined ? "{}" : answer.GetRawText(), now = time.GetUtcNow() }) == 1;

    /// <summary>Writes down that an attempt failed and when the next one is.</summary>
    public Task PostponeAsync(Guid id, string error, TimeSpan delay) =>
        connection.ExecuteAsync(
            "update tongban.partner_calls set last_error = @error, next_attempt_at = @at, taken_until = null where id = @id and state = 'pending'",
            new { id, error, at = time.GetUtcNow() + delay });

    /// <summary>Gives a call another state; false when it was in none of the states that lead there.</summary>
    public async Task<bool> SettleAsync(Guid id, PartnerCallState to, string? error, params PartnerCallState[] from) =>
        await connection.ExecuteAsync(
            """
            update tongban.partner_calls
            set state = @to, last_error = coalesce(@error, last_error), next_attempt_at = @now, taken_until = null,
                finished_at = case when @to = 'pending' then null else @now end, attempts = case when @to = 'pending' then 0 else attempts end
            where id = @id and state = any(@from)
            """,
            new { id, to = Codes.Of(to), error, now = time.GetUtcNow(), from = from.Select(f => Codes.Of(f)).ToArray() }) == 1;

    /// <summary>Calls off what is pending for the case and was never tried; what was tried may have arrived.</summary>
    public Task CancelCaseAsync(string caseNumber, PartnerKind kind) =>
        connection.ExecuteAsync(
            "update tongban.partner_calls set state = 'cancelled', finished_at = @now where case_number = @caseNumber and partner_kind = @kind and state = 'pending' and attempts = 0",
            new { caseNumber, kind = Codes.Of(kind), now = time.GetUtcNow() });

    /// <summary>Hands out pending calls that are due, earliest first: nobody else is handed them before the lease ends.</summary>
    public async Task<IReadOnlyList<Guid>> HandOutAsync(int take, TimeSpan lease) =>
        (await connection.QueryAsync<Guid>(
            $"""
            update tongban.partner_calls set next_attempt_at = @until
            where id in (
                select id from tongban.partner_calls c where state = 'pending' and next_attempt_at <= @now and {NotPaused}
                order by next_attempt_at limit @take for update skip locked)
            returning id
            """,
            new { now = time.GetUtcNow(), until = time.GetUtcNow() + lease, take })).AsList();

    /// <summary>When the next pending call is due, or null.</summary>
    public async Task<DateTimeOffset?> NextDueAsync() =>
        await connection.ExecuteScalarAsync<DateTime?>(
            $"select next_attempt_at from tongban.partner_calls c where state = 'pending' and {NotPaused} order by next_attempt_at limit 1");

    /// <summary>Calls that failed so far and are tried again by themselves, soonest first.</summary>
    public async Task<IReadOnlyList<StrugglingCall>> StrugglingAsync(int most) =>
        (await connection.QueryAsync<StrugglingCall>(
            """
            select id, partner_kind as Kind, partner, operation, case_number as CaseNumber, attempts, last_error as LastError, next_attempt_at as NextAttemptAt
            from tongban.partner_calls where state = 'pending' and last_error is not null order by next_attempt_at limit @most
            """,
            new { most })).AsList();

    private async Task<PartnerCall?> OneAsync(string sql, object parameters, bool isWhole = false) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(isWhole ? sql : $"select {Columns} from tongban.partner_calls where {sql}", parameters))?.ToCall(seal);

    /// <summary>What the seal of a call's payload is bound to.</summary>
    internal static string RowOf(Guid id) => $"partner_calls/{id}";

    private sealed record Row
    {
        public Guid Id { get; init; }
        public PartnerKind Kind { get; init; }
        public required string Partner { get; init; }
        public required string Operation { get; init; }
        public required string CaseNumber { get; init; }
        public required string Step { get; init; }
        public byte[]? Personal { get; init; }
        public int? PersonalKey { get; init; }
        public string? Payload { get; init; }
        public PartnerCallState State { get; init; }
        public int Attempts { get; init; }
        public string? Answer { get; init; }
        public string? LastError { get; init; }

        /// <summary>A row from before sealing, and one whose payload was erased, have no key.</summary>
        public PartnerCall ToCall(PersonalSeal seal) => new(
            Id, Kind, Partner, Operation, CaseNumber, Step, PersonalKey is { } key ? seal.Open<JsonElement>(Personal!, key, RowOf(Id)) : Parse(Payload ?? "{}"), State, Attempts, Answer is null ? null : Parse(Answer), LastError);

        private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
    }
}
