using System.Text.Json;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>The API of authorities' approval systems.</summary>
internal sealed class ApprovalClient(PartnerClient partners)
{
    /// <summary>Hands a case over: <c>{ caseNumber, item, applicant, materials[], promisedDue, legalDue }</c>. One key, one case.</summary>
    public Task<PartnerAnswer> PushCaseAsync(string authority, Guid key, JsonElement @case, CancellationToken cancellationToken) =>
        partners.SendAsync(PartnerKind.Approval, authority, HttpMethod.Post, "cases", key.ToString(), @case, cancellationToken);

    /// <summary>Asks how a case stands, for systems that do not call back.</summary>
    public Task<PartnerAnswer> FindCaseAsync(string authority, string caseNumber, CancellationToken cancellationToken) =>
        partners.SendAsync(PartnerKind.Approval, authority, HttpMethod.Get, $"cases/{Uri.EscapeDataString(caseNumber)}", Guid.NewGuid().ToString(), null, cancellationToken);
}
