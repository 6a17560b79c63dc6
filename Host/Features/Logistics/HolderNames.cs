using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.Custody;
using TongBan.Domain.Places;

namespace TongBan.Host.Features.Logistics;

/// <summary>Holders of papers in words.</summary>
internal sealed class HolderNames(PlaceStore places, ShipmentStore shipments)
{
    /// <summary>Names the holders of a case's papers.</summary>
    public async Task<Func<Holder, string>> OfAsync(Case @case)
    {
        var directory = await places.AllAsync();
        var halls = directory.Halls.ToDictionary(hall => hall.Code, hall => hall.Name, StringComparer.Ordinal);
        var authorities = directory.Authorities.ToDictionary(authority => authority.Code, authority => authority.Name, StringComparer.Ordinal);
        var parcels = (await shipments.ListAsync(@case.Number)).ToDictionary(parcel => parcel.Id.ToString(), parcel => parcel.Waybill, StringComparer.Ordinal);
        return holder => holder.Kind switch
        {
            HolderKind.Window => halls.GetValueOrDefault(holder.Code, holder.Code) + "窗口",
            HolderKind.Authority => authorities.GetValueOrDefault(holder.Code, holder.Code),
            HolderKind.Parcel => $"邮件{parcels.GetValueOrDefault(holder.Code) ?? "（待交寄）"}",
            _ => @case.Applicant.Name,
        };
    }
}
