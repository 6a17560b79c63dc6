namespace TongBan.Domain.Couriers;

/// <summary>A list of parcels that are handed to the courier at once (邮件交接清单).</summary>
/// <param name="Number">Its own number.</param>
/// <param name="MadeBy">Who hands the parcels over.</param>
public sealed record ParcelManifest(Guid Id, string Number, DateTimeOffset MadeAt, string MadeBy, IReadOnlyList<ParcelLine> Lines);

/// <summary>A parcel on the list. It names no person: who receives it stands on its label.</summary>
public sealed record ParcelLine(Guid Shipment, string CaseNumber, ShipmentLeg Leg, string Waybill, IReadOnlyList<string> Contents);

/// <summary>A list among others.</summary>
/// <param name="Parcels">How many parcels it has.</param>
public sealed record ManifestSummary(Guid Id, string Number, DateTimeOffset MadeAt, string MadeBy, int Parcels);
