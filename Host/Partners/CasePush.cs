using System.Text.Json;
using TongBan.Domain.Cases;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Partners;

/// <summary>What an approval system is sent of a case, as it stands when the call is made: links to materials expire, so they are made then.</summary>
internal sealed class CasePush(CaseDesk desk, LimitStore limits, MaterialLinks links)
{
    /// <summary>The body of the call.</summary>
    public async Task<JsonElement> BodyAsync(string caseNumber, CancellationToken cancellationToken)
    {
        var @case = await desk.Cases.GetAsync(caseNumber);
        var item = await desk.ItemAsync(@case);
        var names = item.Materials.ToDictionary(m => m.Code, m => m.Name, StringComparer.Ordinal);
        var materials = await desk.Materials.ListAsync(caseNumber);
        var clocks = await limits.DueAsync(caseNumber, cancellationToken);
        var applicant = @case.Applicant;
        return JsonSerializer.SerializeToElement(
            new
            {
                caseNumber,
                item = new { item.Code, item.Name },
                applicant = new { type = Domain.Codes.Of(applicant.Type), applicant.Name, applicant.IdNumber, applicant.Phone, applicant.Email },
                materials = materials.Select(m => new { code = m.RequirementCode, name = names.GetValueOrDefault(m.RequirementCode, m.FileName), m.Sha256, url = links.For(m) }),
                promisedDue = clocks.FirstOrDefault(c => c.Kind == LimitKind.Promised)?.DueOn,
                legalDue = clocks.FirstOrDefault(c => c.Kind == LimitKind.Legal)?.DueOn,
            },
            JsonSerializerOptions.Web);
    }
}
