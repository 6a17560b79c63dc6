using System.Text.Json;
using Dapper;
using Npgsql;
using TongBan.Domain;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>Messages of partners in PostgreSQL.</summary>
internal sealed class PartnerMessageStore(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>Stores a message; null when the partner sent one with this id before.</summary>
    public async Task<Guid?> AddAsync(PartnerKind kind, string partner, string messageId, JsonElement body) =>
        await connection.ExecuteScalarAsync<Guid?>(
            """
            insert into tongban.partner_messages (id, partner_kind, partner, message_id, body, received_at)
            values (@id, @kind, @partner, @messageId, @body::jsonb, @now)
            on conflict (partner_kind, partner, message_id) do nothing
            returning id
            """,
            new { id = Guid.CreateVersion7(), kind = Codes.Of(kind), partner, messageId, body = body.GetRawText(), now = time.GetUtcNow() });

    /// <summary>A message that waits to be applied, or null.</summary>
    public async Task<PartnerMessage?> FindWaitingAsync(Guid id) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(
            """
            select id, partner_kind as Kind, partner, message_id as MessageId, body, received_at as ReceivedAt
            from tongban.partner_messages where id = @id and applied_at is null and aside_at is null
            """,
            new { id }))?.ToMessage();

    /// <summary>The messages that wait since before then, oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> WaitingAsync(DateTimeOffset before, int take) =>
        (await connection.QueryAsync<Guid>(
            "select id from tongban.partner_messages where applied_at is null and aside_at is null and received_at < @before order by received_at limit @take",
            new { before, take })).AsList();

    public Task MarkAppliedAsync(Guid id) =>
        connection.ExecuteAsync("update tongban.partner_messages set applied_at = @now, note = null where id = @id", new { id, now = time.GetUtcNow() });

    /// <summary>Puts a message aside, for a person; false when it is dealt with.</summary>
    public async Task<bool> PutAsideAsync(Guid id, string note) =>
        await connection.ExecuteAsync(
            "update tongban.partner_messages set aside_at = @now, note = @note where id = @id and applied_at is null", new { id, note, now = time.GetUtcNow() }) == 1;

    /// <summary>Takes a message up again that was put aside.</summary>
    public Task TakeUpAsync(Guid id) =>
        connection.ExecuteAsync("update tongban.partner_messages set aside_at = null, received_at = @now where id = @id and applied_at is null", new { id, now = time.GetUtcNow() });

    /// <summary>Says why a message waits.</summary>
    public Task NoteAsync(Guid id, string note) =>
        connection.ExecuteAsync("update tongban.partner_messages set note = @note where id = @id", new { id, note });

    private sealed record Row
    {
        public Guid Id { get; init; }

        public PartnerKind Kind { get; init; }

        public required string Partner { get; init; }

        public required string MessageId { get; init; }

        public required string Body { get; init; }

        public DateTime ReceivedAt { get; init; }

        public PartnerMessage ToMessage() => new(Id, Kind, Partner, MessageId, JsonSerializer.Deserialize<JsonElement>(Body), ReceivedAt);
    }
}
