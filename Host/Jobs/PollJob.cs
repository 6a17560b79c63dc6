using Hangfire;
using TongBan.Domain.Approvals;
using TongBan.Domain.Couriers;
using TongBan.Host.Partners;

namespace TongBan.Host.Jobs;

/// <summary>Asks partners about parcels and cases that they are silent about.</summary>
internal sealed class PollJob(ShipmentStore shipments, SilentCaseStore cases, ParcelPoll parcels, ApprovalPoll approvals, PartnerTimings timings, TimeProvider time)
{
    private const int AtOnce = 50;

    /// <summary>Each is marked as asked before it is asked: a crash between the two costs one round and asks nothing twice.</summary>
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - timings.PollAfter;
        foreach (var shipment in await shipments.TakeSilentAsync(since, AtOnce))
            await parcels.AskAsync(shipment, cancellationToken);
        foreach (var silent in await cases.TakeAsync(since, AtOnce))
            await approvals.AskAsync(silent, cancellationToken);
    }
}
