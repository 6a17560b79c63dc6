using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Npgsql;

namespace TongBan.Domain.Approvals;

/// <summary>
/// What approval systems said. A message waits until a step that can make sense of it takes it, so that one that comes
/// early, late or twice does no harm.
/// </summary>
public sealed class ApprovalMessageStore(NpgsqlConnection connection, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Stores a message; false when it was stored before.</summary>
    /// <param name="message">The message.</param>
    /// <param name="takenBy">What dealt with it in the same transaction; null: it waits for a step that can make sense of it.</param>
    public async Task<bool> AddAsync(ApprovalMessage message, string? takenBy = null) =>
        await connection.ExecuteAsync(
            """
            insert into tongban.approval_messages (authority, message_id, case_number, kind, at, body, received_at, taken_by)
            values (@Authority, @MessageId, @CaseNumber, @kind, @At, @body::jsonb, @now, @takenBy)
            on conflict (authority, message_id) do nothing
            """,
            new { message.Authority, message.MessageId, message.CaseNumber, kind = Codes.Of(message.Kind), At = message.At.ToUniversalTime(), body = JsonSerializer.Serialize(message, Json), now = time.GetUtcNow(), takenBy }) == 1;

    /// <summary>Takes the oldest waiting message of one of these kinds for a step, or null. Each is taken once.</summary>
    public async Task<ApprovalMessage?> TakeAsync(string caseNumber, string step, params ApprovalMessageKind[] kinds)
    {
        var body = await connection.QuerySingleOrDefaultAsync<string>(
            """
            update tongban.approval_messages set taken_by = @step
            where (authority, message_id) = (
                select authority, message_id from tongban.approval_messages
                where case_number = @caseNumber and taken_by is null and kind = any(@kinds)
                order by at, received_at limit 1 for update)
            returning body
            """,
            new { caseNumber, step, kinds = kinds.Select(k => Codes.Of(k)).ToArray() });
        return body is null ? null : JsonSerializer.Deserialize<ApprovalMessage>(body, Json);
    }

    /// <summary>Whether the message was stored before.</summary>
    public Task<bool> IsKnownAsync(string authority, string messageId) =>
        connection.ExecuteScalarAsync<bool>("select exists (select from tongban.approval_messages where authority = @authority and message_id = @messageId)", new { authority, messageId });

    /// <summary>Lays aside what waits for a beginning that will not come any more, because the authority has decided since.</summary>
    /// <returns>How many messages there were.</returns>
    public Task<int> OvertakeAsync(string caseNumber, DateTimeOffset decidedAt) =>
        connection.ExecuteAsync(
            "update tongban.approval_messages set taken_by = 'overtaken' where case_number = @caseNumber and taken_by is null and kind <> @decided and at < @decidedAt",
            new { caseNumber, decidedAt = decidedAt.ToUniversalTime(), decided = Codes.Of(ApprovalMessageKind.Decided) });

    /// <summary>When the authority's system says that it decided; null when no decision came from there.</summary>
    public async Task<DateTimeOffset?> DecidedAtAsync(string caseNumber) =>
        await connection.ExecuteScalarAsync<DateTime?>(
            "select min(at) from tongban.approval_messages where case_number = @caseNumber and kind = @decided and taken_by is not null",
            new { caseNumber, decided = Codes.Of(ApprovalMessageKind.Decided) });

    /// <summary>How many messages wait that nothing has taken yet, for the case's page.</summary>
    public Task<int> WaitingAsync(string caseNumber) =>
        connection.ExecuteScalarAsync<int>("select count(*) from tongban.approval_messages where case_number = @caseNumber and taken_by is null", new { caseNumber });
}
