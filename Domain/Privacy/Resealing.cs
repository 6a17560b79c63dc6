using System.Text.Json;
using Dapper;
using Npgsql;
using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;

namespace TongBan.Domain.Privacy;

/// <summary>
/// Seals again, with the newest key, what an older one sealed or what was stored before there was sealing. Row by row and in
/// small transactions: it may stop anywhere, and several hosts may run it at once.
/// </summary>
public sealed class Resealing(NpgsqlDataSource source, PersonalSeal seal)
{
    private const int Batch = 200;

    /// <summary>Seals all that is left.</summary>
    /// <returns>How many rows were sealed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation) =>
        await AllAsync(CasesAsync, cancellation) + await AllAsync(ShipmentsAsync, cancellation) + await AllAsync(CallsAsync, cancellation);

    private async Task<int> AllAsync(Func<NpgsqlConnection, Task<int>> batch, CancellationToken cancellation)
    {
        var total = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var done = await batch(connection);
            // Checkpoint: a crash before this leaves the batch as it was.
            await transaction.CommitAsync(cancellation);
            if (done == 0)
                return total;
            total += done;
        }
    }

    private async Task<int> CasesAsync(NpgsqlConnection connection)
    {
        var rows = (await connection.QueryAsync<CaseRow>(
            $"{CaseRow.Select} where coalesce(personal_key, 0) < @Key and erased_at is null limit @Batch for update skip locked", new { seal.Key, Batch })).AsList();
        await connection.ExecuteAsync(
            """
            update tongban.cases set personal = @Bytes, personal_key = @Key, id_mark = @idMark, phone_mark = @phoneMark,
                applicant_id_number = null, applicant_phone = null, applicant_email = null, delivery_address = null
            where number = @Number
            """,
            rows.Select(row =>
            {
                var personal = row.PersonalOf(seal);
                var again = seal.Seal(personal, CasePersonal.Row(row.Number));
                return new { row.Number, again.Bytes, again.Key, idMark = seal.Mark(PersonalSeal.IdNumber, personal.IdNumber), phoneMark = seal.Mark(PersonalSeal.Phone, personal.Phone) };
            }));
        return rows.Count;
    }

    private async Task<int> ShipmentsAsync(NpgsqlConnection connection)
    {
        var rows = (await connection.QueryAsync<ShipmentRow>(
            """
            select id, personal, personal_key as PersonalKey, sender, recipient from tongban.shipments
            where coalesce(personal_key, 0) < @Key and (personal is not null or sender is not null) limit @Batch for update skip locked
            """,
            new { seal.Key, Batch })).AsList();
        await connection.ExecuteAsync(
            "update tongban.shipments set personal = @Bytes, personal_key = @Key, sender = null, recipient = null where id = @Id",
            rows.Select(row => Again(row.Id, Parties.Row(row.Id), row.PersonalKey is { } key
                ? seal.Open<Parties>(row.Personal!, key, Parties.Row(row.Id))
                : Parties.Plain(row.Sender, row.Recipient))));
        return rows.Count;
    }

    private async Task<int> CallsAsync(NpgsqlConnection connection)
    {
        var rows = (await connection.QueryAsync<CallRow>(
            """
            select id, personal, personal_key as PersonalKey, payload from tongban.partner_calls
            where coalesce(personal_key, 0) < @Key and (personal is not null or payload is not null) limit @Batch for update skip locked
            """,
            new { seal.Key, Batch })).AsList();
        await connection.ExecuteAsync(
            "update tongban.partner_calls set personal = @Bytes, personal_key = @Key, payload = null where id = @Id",
            rows.Select(row => Again(row.Id, Outbox.RowOf(row.Id), row.PersonalKey is { } key
                ? seal.Open<JsonElement>(row.Personal!, key, Outbox.RowOf(row.Id))
                : JsonSerializer.Deserialize<JsonElement>(row.Payload!))));
        return rows.Count;
    }

    private object Again<T>(Guid id, string row, T value)
    {
        var again = seal.Seal(value, row);
        return new { Id = id, again.Bytes, again.Key };
    }

    private sealed record ShipmentRow(Guid Id, byte[]? Personal, int? PersonalKey, string? Sender, string? Recipient);

    private sealed record CallRow(Guid Id, byte[]? Personal, int? PersonalKey, string? Payload);
}
