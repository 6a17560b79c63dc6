using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Features.Cases;

/// <summary>What is known of an applicant from earlier cases.</summary>
/// <param name="Earlier">How the applicant was taken down last; null for one who was never here.</param>
/// <param name="SameToday">The applicant's cases of the same item that were opened today.</param>
internal sealed record KnownApplicant(Applicant? Earlier, string? Address, IReadOnlyList<string> SameToday);

/// <summary>
/// Recalls an applicant who stands at the window with an identity card, so that nothing is typed twice. Only a whole number recalls
/// anybody, and that it did is in the audit trail.
/// </summary>
internal sealed class ApplicantHistory(CaseStore cases, AuditTrail audit, TimeProvider time)
{
    private const int WholeNumber = 15;

    public async Task<KnownApplicant?> FindAsync(string? idNumber, string? itemCode, Actor by)
    {
        if (idNumber?.Trim() is not { Length: >= WholeNumber } number)
            return null;
        var latest = await cases.LatestOfAsync(number);
        if (latest is not null)
            await audit.AddAsync(by, "applicant.recall", AuditTrail.Case(latest.Number), "在窗口按证件号码调取申请人上次登记的信息");
        var today = itemCode is null ? [] : await cases.SameItemSinceAsync(itemCode, number, CityTime.StartOf(time.Today()));
        return latest is null && today.Count == 0 ? null : new KnownApplicant(latest?.Applicant, latest?.Delivery.Address, today);
    }
}
