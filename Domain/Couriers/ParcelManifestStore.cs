using System.Text.Json;
using Dapper;
using Npgsql;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Couriers;

/// <summary>A parcel stands on a list already.</summary>
public sealed record ParcelOnManifest(string Waybill, string Number) : Refusal(RefusalKind.Conflict, "parcel_on_manifest", $"邮件{Waybill}已列入交接清单{Number}");

/// <summary>Lists of parcels in PostgreSQL.</summary>
public sealed class ParcelManifestStore(NpgsqlConnection connection, CaseNumbers numbers, TimeProvider time)
{
    private const string Series = "交接";

    /// <summary>Makes a list of these parcels, which have waybills; in a transaction. A parcel that stands on one already is refused.</summary>
    public async Task<Result<ParcelManifest>> AddAsync(string division, IReadOnlyList<Shipment> parcels, Actor by)
    {
        var shipments = parcels.Select(parcel => parcel.Id).ToArray();
        // Whoever lists one of them at the same time waits here, and then finds it listed.
        await connection.ExecuteAsync("select from tongban.shipments where id = any(@shipments) order by id for update", new { shipments });
        if (await connection.QueryFirstOrDefaultAsync<Taken>(
            "select l.waybill, m.number from tongban.parcel_manifest_lines l join tongban.parcel_manifests m on m.id = l.manifest where l.shipment = any(@shipments) limit 1", new { shipments }) is { } taken)
            return new ParcelOnManifest(taken.Waybill, taken.Number);

        var now = time.GetUtcNow();
        var lines = parcels.Select(parcel => new ParcelLine(parcel.Id, parcel.CaseNumber, parcel.Leg, parcel.Waybill!, parcel.Contents)).ToList();
        var manifest = new ParcelManifest(Guid.CreateVersion7(), await numbers.NextPaperAsync(Series, division, CityTime.DateOf(now)), now, by.Name, lines);
        await connection.ExecuteAsync(
            "insert into tongban.parcel_manifests (id, number, made_at, made_by, made_by_name) values (@Id, @Number, @MadeAt, @UserName, @MadeBy)",
            new { manifest.Id, manifest.Number, manifest.MadeAt, by.UserName, manifest.MadeBy });
        await connection.ExecuteAsync(
            """
            insert into tongban.parcel_manifest_lines (shipment, manifest, position, case_number, leg, waybill, contents)
            select shipment, @Id, position, case_number, leg, waybill, contents::jsonb
            from unnest(@shipments, @cases, @legs, @waybills, @contents) with ordinality as l (shipment, case_number, leg, waybill, contents, position)
            """,
            new
            {
                manifest.Id, shipments, cases = lines.Select(line => line.CaseNumber).ToArray(), legs = lines.Select(line => Codes.Of(line.Leg)).ToArray(),
                waybills = lines.Select(line => line.Waybill).ToArray(), contents = lines.Select(line => JsonSerializer.Serialize(line.Contents, JsonSerializerOptions.Web)).ToArray(),
            });
        return manifest;
    }

    /// <summary>The list, or null.</summary>
    public async Task<ParcelManifest?> FindAsync(Guid id)
    {
        await using var results = await connection.QueryMultipleAsync(
            """
            select id, number, made_at as MadeAt, made_by_name as MadeBy, 0 as Parcels from tongban.parcel_manifests where id = @id;
            select shipment, case_number as CaseNumber, leg, waybill, contents from tongban.parcel_manifest_lines where manifest = @id order by position
            """,
            new { id });
        return await results.ReadSingleOrDefaultAsync<Head>() is { } head
            ? new(head.Id, head.Number, head.MadeAt, head.MadeBy, [.. (await results.ReadAsync<LineRow>()).Select(row => row.ToLine())])
            : null;
    }

    /// <summary>The newest lists.</summary>
    public async Task<IReadOnlyList<ManifestSummary>> NewestAsync(int take) =>
        [.. (await connection.QueryAsync<Head>(
            """
            select m.id, m.number, m.made_at as MadeAt, m.made_by_name as MadeBy,
                (select count(*)::int from tongban.parcel_manifest_lines l where l.manifest = m.id) as Parcels
            from tongban.parcel_manifests m order by m.made_at desc limit @take
            """,
            new { take })).Select(row => new ManifestSummary(row.Id, row.Number, row.MadeAt, row.MadeBy, row.Parcels))];

    private sealed record Taken(string Waybill, string Number);

    private sealed record Head(Guid Id, string Number, DateTime MadeAt, string MadeBy, int Parcels);

    private sealed record LineRow(Guid Shipment, string CaseNumber, string Leg, string Waybill, string Contents)
    {
        public ParcelLine ToLine() => new(
            Shipment, CaseNumber, Enum.Parse<ShipmentLeg>(Leg, ignoreCase: true), Waybill, JsonSerializer.Deserialize<string[]>(Contents, JsonSerializerOptions.Web)!);
    }
}
