using System.Text.Json;
using Elsa.Runtime;
using TongBan.Activities;
using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;
using TongBan.Workflows;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>The partners of a simulation: they answer every call as the sandbox does, at once and in process.</summary>
internal sealed class SimulatedPartners(CaseDesk desk, CaseWorkflows workflows)
{
    /// <summary>How long a parcel is under way.</summary>
    public static readonly TimeSpan Journey = TimeSpan.FromDays(2);

    /// <summary>How long an approval system thinks.</summary>
    public static readonly TimeSpan Thought = TimeSpan.FromDays(1);

    /// <summary>Answers the calls that were made.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> AnswerAsync(string caseNumber, SimulationScript script, Func<string, string?> activityOf, CancellationToken cancellation)
    {
        var calls = await desk.Outbox.PendingAsync(caseNumber);
        foreach (var call in calls)
        {
            if (call.Operation == "pushCase" && script.Peek(activityOf(call.Step), call.Operation) == "Failed")
            {
                script.Take(activityOf(call.Step), call.Operation);
                await desk.Outbox.SettleAsync(call.Id, PartnerCallState.Cancelled, "试运行", PartnerCallState.Pending);
            }
            else
            {
                var number = call.Id.ToString("N");
                await desk.Outbox.AnswerAsync(call.Id, JsonSerializer.SerializeToElement(new { orderNo = number, waybill = number, status = "received" }));
            }
        }

        if (calls.Count > 0)
            await workflows.WakeAsync(await desk.Cases.GetAsync(caseNumber), cancellation);
        return calls.Count > 0;
    }

    /// <summary>The parcel that is under way; null when there is none.</summary>
    public async Task<Shipment?> ParcelAsync(string caseNumber) => (await desk.Shipments.ListAsync(caseNumber)).FirstOrDefault(parcel => parcel is { IsOver: false, Waybill: not null });

    /// <summary>Brings the parcel to its end.</summary>
    public async Task DeliverAsync(Shipment parcel, SimulationScript script, string? activityId, CancellationToken cancellation)
    {
        var state = Enum.TryParse<ShipmentState>(script.Take(activityId, "parcel"), ignoreCase: true, out var chosen) ? chosen : ShipmentState.Signed;
        await desk.Shipments.TrackAsync(parcel, new ShipmentEvent($"{parcel.Id}-{state}", state, desk.Time.GetUtcNow(), null, state == ShipmentState.Signed ? "本人" : null));
        await workflows.WakeAsync(await desk.Cases.GetAsync(parcel.CaseNumber), cancellation);
    }

    /// <summary>The step at which an authority's own system is waited for; null when there is none, or when its people work at the desk.</summary>
    public async Task<TrailStep?> ApprovalAsync(string caseNumber, IEnumerable<TrailStep> waiting) =>
        waiting.FirstOrDefault(step => step.ActivityType is "TongBan." + nameof(ForwardToAuthority) or "TongBan." + nameof(IssueDecision)) is { } step
            && await desk.IsBySystemAsync(await desk.Cases.GetAsync(caseNumber)) ? step : null;

    /// <summary>Says what the system says next.</summary>
    public async Task SpeakAsync(string caseNumber, TrailStep step, SimulationScript script, CancellationToken cancellation)
    {
        var @case = await desk.Cases.GetAsync(caseNumber);
        var item = await desk.ItemAsync(@case);
        var isForward = step.ActivityType.EndsWith(nameof(ForwardToAuthority), StringComparison.Ordinal);
        var (kind, decision) = @case.State == CaseState.SpecialProcedure ? (ApprovalMessageKind.SpecialProcedureEnded, null)
            : script.Take(step.ActivityId, isForward ? "acknowledge" : "decide") switch
            {
                "Returned" when isForward => (ApprovalMessageKind.Returned, null),
                _ when isForward => (ApprovalMessageKind.Acknowledged, null),
                "NeedsSupplement" => (ApprovalMessageKind.SupplementRequested, null),
                "StartSpecialProcedure" => (ApprovalMessageKind.SpecialProcedureStarted, null),
                "Rejected" => (ApprovalMessageKind.Decided, new ApprovalDecision(DecisionResult.Rejected, null, "试运行", null)),
                _ => (ApprovalMessageKind.Decided, (ApprovalDecision?)new ApprovalDecision(DecisionResult.Approved, @case.Number, null, null)),
            };
        await desk.ApprovalMessages.AddAsync(new ApprovalMessage(
            @case.Authority, Guid.CreateVersion7().ToString("N"), caseNumber, kind, desk.Time.GetUtcNow(), "试运行", SampleCase.Missing(item), decision));
        await workflows.WakeAsync(@case, cancellation);
    }
}
