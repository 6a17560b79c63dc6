using TongBan.Domain.Couriers;

namespace TongBan.Activities;

/// <summary>Senders and recipients of parcels.</summary>
internal static class Parties
{
    /// <summary>A hall as sender.</summary>
    public static async Task<Party> HallAsync(CaseStep step, string code)
    {
        var hall = await step.Desk.Places.FindHallAsync(code) ?? throw new InvalidOperationException($"Hall {code} does not exist.");
        return new Party(hall.Name, "", hall.Name);
    }

    /// <summary>The applicant as recipient, at the address left.</summary>
    public static Party Applicant(CaseStep step) =>
        new(step.Case.Applicant.Name, step.Case.Applicant.Phone, step.Case.Delivery.Address ?? "");
}
