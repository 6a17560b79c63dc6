using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;

namespace TongBan.Host.Partners;

/// <summary>Calls that are given up: each an incident and a line of its case, once.</summary>
internal sealed class GivenUpCalls(CaseDesk desk)
{
    /// <summary>Gives the call up within the caller's transaction.</summary>
    /// <param name="call">The call.</param>
    /// <param name="from">The state it must be in.</param>
    /// <param name="what">What happened.</param>
    /// <param name="error">What the partner said.</param>
    /// <param name="why">The same for people; null for nothing more than what happened.</param>
    /// <returns>False when the call is in another state by now.</returns>
    public async Task<bool> AddAsync(PartnerCall call, PartnerCallState from, string what, string error, string? why)
    {
        if (!await desk.Outbox.SettleAsync(call.Id, PartnerCallState.Failed, error, from))
            return false;
        await desk.Incidents.OpenAsync(call.CaseNumber, Incident.OfCall, call.Id.ToString(), what, error);
        await desk.Timeline.AddAsync(call.CaseNumber, Actor.System, "incident", what + "，等待人工处理", why);
        return true;
    }
}
