using Elsa.Calls;
using Hangfire;

namespace TongBan.Host.Jobs;

/// <summary>Makes a call or sends a mail that a workflow's step asked for, and brings the step its answer.</summary>
internal sealed class WorkflowCallJob(CallQueue calls)
{
    /// <summary>How long a call that was handed over is not handed over again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Checkpoint: a crash while it waits for the answer costs the lease; then the call is made again with the same key.</summary>
    [AutomaticRetry(Attempts = 0)]
    public Task MakeAsync(string id, CancellationToken cancellationToken) => calls.MakeAsync(id, cancellationToken);
}
