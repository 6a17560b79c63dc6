using Dapper;
using Npgsql;
using TongBan.Domain.Couriers;
using TongBan.Domain.People;
using TongBan.Host.People.Access;

namespace TongBan.Host.Features.Logistics;

/// <summary>A parcel as logistics sees it.</summary>
/// <param name="Manifest">The list on which it was handed to the courier, and that list's number.</param>
internal sealed record ParcelEntry(
    Guid Id, string CaseNumber, string ItemName, string ApplicantName, ShipmentLeg Leg, ShipmentState State, string? Waybill, string? OrderNo, string Hall,
    Guid? Manifest, string? ManifestNumber, DateTime CreatedAt, DateTime ChangedAt)
{
    /// <summary>Somebody has to look at it.</summary>
    public bool IsException => State is ShipmentState.Lost or ShipmentState.Returned or ShipmentState.Refused;
}

/// <summary>A result that waits in a hall for the applicant.</summary>
/// <param name="Days">How long it has waited.</param>
internal sealed record ShelfEntry(Guid TaskId, string CaseNumber, string ItemName, string ApplicantName, DateTime Since, int Days);

/// <summary>How far a parcel has come.</summary>
public enum ParcelStage
{
    /// <summary>Refused, returned or lost.</summary>
    Exception,

    /// <summary>Not collected yet.</summary>
    ToHandOver,

    /// <summary>With the courier.</summary>
    OnTheWay,
}

/// <summary>All that is on its way, and what waits on the shelf.</summary>
internal sealed record LogisticsView(IReadOnlyList<ParcelEntry> Parcels, IReadOnlyList<ShelfEntry> Shelf)
{
    /// <summary>The parcels that have come so far.</summary>
    public IReadOnlyList<ParcelEntry> At(ParcelStage stage) => [.. Parcels.Where(parcel => stage switch
    {
        ParcelStage.Exception => parcel.IsException,
        ParcelStage.ToHandOver => parcel.State == ShipmentState.Created,
        _ => parcel.State is ShipmentState.Collected or ShipmentState.InTransit or ShipmentState.OutForDelivery,
    })];
}

/// <summary>Reads the parcels of both legs and the pick-up shelf: those of the cases that this person may see.</summary>
internal sealed class LogisticsBoard(NpgsqlConnection connection, TimeProvider time)
{
    private const int Most = 300;

    public async Task<LogisticsView> ReadAsync(Actor actor)
    {
        var parameters = CaseParts.Parameters(actor);
        parameters.AddDynamicParams(new { Most, now = time.GetUtcNow() });
        await using var results = await connection.QueryMultipleAsync(
            $"""
            select s.id, s.case_number as CaseNumber, c.item_name as ItemName, c.applicant_name as ApplicantName, s.leg, s.state, s.waybill, s.order_no as OrderNo,
                h.name as Hall, m.id as Manifest, m.number as ManifestNumber, s.created_at as CreatedAt, s.changed_at as ChangedAt
            from tongban.shipments s join tongban.cases c on c.number = s.case_number join tongban.halls h on h.code = c.hall
                left join tongban.parcel_manifest_lines l on l.shipment = s.id left join tongban.parcel_manifests m on m.id = l.manifest
            where c.closed_at is null and s.state not in ('signed', 'cancelled')
                -- What waits to be packed is a task, and no parcel yet.
                and (s.waybill is not null or s.state <> 'created' or not exists (
                    select from tongban.tasks t where t.case_number = s.case_number and t.state = 'open' and t.kind in ('dispatch', 'post-materials')))
                and {CaseParts.MaySee}
            order by s.changed_at limit @Most;
            select t.id as TaskId, t.case_number as CaseNumber, c.item_name as ItemName, c.applicant_name as ApplicantName, t.opened_at as Since,
                extract(day from @now - t.opened_at)::int as Days
            from tongban.tasks t join tongban.cases c on c.number = t.case_number
            where t.state = 'open' and t.kind = 'hand-over' and {CaseParts.MaySee} order by t.opened_at limit @Most
            """,
            parameters);
        return new LogisticsView(
            [.. (await results.ReadAsync<ParcelRow>()).Select(row => row.ToParcel())], (await results.ReadAsync<ShelfEntry>()).AsList());
    }

    /// <summary>The case of a waybill, an order or a case number that was scanned; null when nobody knows it.</summary>
    public Task<string?> FindAsync(string scanned) => connection.QueryFirstOrDefaultAsync<string?>(
        """
        select number from tongban.cases where number = @scanned
        union all select case_number from tongban.shipments where waybill = @scanned
        union all select case_number from tongban.shipments where order_no = @scanned limit 1
        """,
        new { scanned = scanned.Trim() });

    private sealed record ParcelRow(
        Guid Id, string CaseNumber, string ItemName, string ApplicantName, string Leg, string State, string? Waybill, string? OrderNo, string Hall,
        Guid? Manifest, string? ManifestNumber, DateTime CreatedAt, DateTime ChangedAt)
    {
        public ParcelEntry ToParcel() => new(
            Id, CaseNumber, ItemName, ApplicantName, Enum.Parse<ShipmentLeg>(Leg, ignoreCase: true), Enum.Parse<ShipmentState>(State, ignoreCase: true), Waybill, OrderNo, Hall,
            Manifest, ManifestNumber, CreatedAt, ChangedAt);
    }
}
