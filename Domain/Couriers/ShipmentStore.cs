using System.Text.Json;
using Dapper;
using Npgsql;
using TongBan.Domain.Privacy;

namespace TongBan.Domain.Couriers;

/// <summary>Parcels in PostgreSQL.</summary>
public sealed class ShipmentStore(NpgsqlConnection connection, PersonalSeal seal, TimeProvider time)
{
    /// <summary>The unified courier service of the city.</summary>
    public const string UnifiedCourier = "unified";

    private const string Columns =
        """
        id, case_number as CaseNumber, leg, personal, personal_key as PersonalKey, sender, recipient, contents, provider, order_no as OrderNo, waybill, state,
        signed_by as SignedBy, changed_at as ChangedAt, step, created_at as CreatedAt
        """;

    /// <summary>The step's parcel: made now if there was none.</summary>
    public async Task<Shipment> ExpectAsync(string caseNumber, ShipmentLeg leg, string step, Party sender, Party recipient, IReadOnlyList<string> contents)
    {
        var id = Guid.CreateVersion7();
        var parties = seal.Seal(new Parties(sender, recipient), Parties.Row(id));
        await connection.ExecuteAsync(
            """
            insert into tongban.shipments (id, case_number, leg, step, personal, personal_key, contents, provider, state, created_at, changed_at)
            values (@id, @caseNumber, @leg, @step, @Bytes, @Key, @contents::jsonb, @provider, @state, @at, @at)
            on conflict (step) do nothing
            """,
            new
            {
                id, caseNumber, leg = Codes.Of(leg), step, parties.Bytes, parties.Key, contents = ToJson(contents), provider = UnifiedCourier, state = Codes.Of(ShipmentState.Created), at = time.GetUtcNow(),
            });
        return (await ListWhereAsync("step = @step", new { step })).Single();
    }

    /// <summary>These parcels, as far as they exist.</summary>
    public Task<IReadOnlyList<Shipment>> ListAsync(IReadOnlyCollection<Guid> ids) => ListWhereAsync("id = any(@ids)", new { ids = ids.ToArray() });

    /// <summary>The case's parcels, oldest first.</summary>
    public Task<IReadOnlyList<Shipment>> ListAsync(string caseNumber) => ListWhereAsync("case_number = @caseNumber", new { caseNumber });

    /// <summary>How many parcels a workflow step has sent so far.</summary>
    public Task<int> CountOfStepAsync(string step) =>
        connection.ExecuteScalarAsync<int>("select count(*) from tongban.shipments where split_part(step, '/', 1) = @step", new { step });

    /// <summary>The parcel, or null.</summary>
    public async Task<Shipment?> FindAsync(Guid id) => (await ListWhereAsync("id = @id", new { id })).SingleOrDefault();

    /// <summary>Takes parcels under way of which nothing was heard since then, so that their courier is asked; those that were asked for longest first.</summary>
    public async Task<IReadOnlyList<Shipment>> TakeSilentAsync(DateTimeOffset since, int take)
    {
        var ids = await connection.QueryAsync<Guid>(
            """
            update tongban.shipments set asked_at = @now where id in (
                select id from tongban.shipments s
                where order_no is not null and state in ('created', 'collected', 'inTransit', 'outForDelivery') and greatest(changed_at, asked_at) < @since
                    and not exists (select from tongban.partners p where p.partner_kind = 'courier' and p.partner = s.provider and p.paused_at is not null)
                order by greatest(changed_at, asked_at) limit @take for update skip locked)
            returning id
            """,
            new { since, take, now = time.GetUtcNow() });
        return await ListWhereAsync("id = any(@ids)", new { ids = ids.ToArray() });
    }

    /// <summary>The parcel with this waybill, or null.</summary>
    public async Task<Shipment?> FindByWaybillAsync(string provider, string waybill) =>
        (await ListWhereAsync("provider = @provider and waybill = @waybill", new { provider, waybill })).SingleOrDefault();

    /// <summary>Writes down the courier's numbers.</summary>
    public Task NumberAsync(Guid id, string? orderNo, string waybill) =>
        connection.ExecuteAsync(
            "update tongban.shipments set order_no = coalesce(order_no, @orderNo), waybill = @waybill, changed_at = @at where id = @id and waybill is null",
            new { id, orderNo, waybill, at = time.GetUtcNow() });

    /// <summary>Ends a parcel that no courier will speak of.</summary>
    public Task CloseAsync(Guid id, ShipmentState state) =>
        connection.ExecuteAsync("update tongban.shipments set state = @state, changed_at = @at where id = @id", new { id, state = Codes.Of(state), at = time.GetUtcNow() });

    /// <summary>
    /// Takes a tracking event. Each message counts once; one that is older than what is known is kept but moves nothing,
    /// and a parcel that arrived or was lost stays so.
    /// </summary>
    /// <returns>True when the parcel's state changed.</returns>
    public async Task<bool> TrackAsync(Shipment shipment, ShipmentEvent tracked)
    {
        var known = await connection.ExecuteScalarAsync<DateTime?>(
            "select max(at) from (select at from tongban.shipment_events where shipment_id = @Id for update) e", new { shipment.Id });
        var isNew = await connection.ExecuteAsync(
            """
            insert into tongban.shipment_events (shipment_id, message_id, state, at, place, signed_by)
            values (@Id, @MessageId, @state, @at, @Place, @SignedBy) on conflict do nothing
            """,
            new { shipment.Id, tracked.MessageId, state = Codes.Of(tracked.State), at = tracked.At.ToUniversalTime(), tracked.Place, tracked.SignedBy }) == 1;
        var comesBack = shipment.State == ShipmentState.Refused && tracked.State == ShipmentState.Returned;
        if (!isNew || (shipment.IsOver && !comesBack) || known > tracked.At.UtcDateTime)
            return false;

        return await connection.ExecuteAsync(
            "update tongban.shipments set state = @state, signed_by = coalesce(@SignedBy, signed_by), changed_at = @now where id = @Id",
            new { shipment.Id, state = Codes.Of(tracked.State), tracked.SignedBy, now = time.GetUtcNow() }) == 1;
    }

    private async Task<IReadOnlyList<Shipment>> ListWhereAsync(string condition, object parameters) =>
        (await connection.QueryAsync<Row>($"select {Columns} from tongban.shipments where {condition} order by created_at", parameters))
        .Select(r => r.ToShipment(seal)).ToList();

    private static string ToJson<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private sealed record Row
    {
        public Guid Id { get; init; }
        public required string CaseNumber { get; init; }
        public ShipmentLeg Leg { get; init; }
        public byte[]? Personal { get; init; }
        public int? PersonalKey { get; init; }
        public string? Sender { get; init; }
        public string? Recipient { get; init; }
        public required string Contents { get; init; }
        public required string Provider { get; init; }
        public string? OrderNo { get; init; }
        public string? Waybill { get; init; }
        public ShipmentState State { get; init; }
        public string? SignedBy { get; init; }
        public DateTime ChangedAt { get; init; }

        public DateTime CreatedAt { get; init; }
        public required string Step { get; init; }

        public Shipment ToShipment(PersonalSeal seal)
        {
            var (sender, recipient) = PersonalKey is { } key ? seal.Open<Parties>(Personal!, key, Parties.Row(Id)) : Parties.Plain(Sender, Recipient);
            return new(
                Id, CaseNumber, Leg, sender, recipient, From<string[]>(Contents), Provider, OrderNo, Waybill, State, SignedBy, ChangedAt, Step, CreatedAt);
        }

        private static T From<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;
    }
}
