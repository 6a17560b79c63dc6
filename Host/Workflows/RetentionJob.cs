using System.ComponentModel.DataAnnotations;
using Elsa.Runtime;
using Hangfire;
using Microsoft.Extensions.Options;

namespace TongBan.Host.Workflows;

/// <summary>The settings <c>TongBan__Workflows__…</c>.</summary>
internal sealed class WorkflowOptions
{
    /// <summary>Days that a finished instance and its journal are kept, 30 to 36500; none (the default): for ever. The case itself stays in any case.</summary>
    [Range(30, 36_500, ErrorMessage = "TongBan__Workflows__KeepFinishedDays must be 30 to 36500 days.")]
    public int? KeepFinishedDays { get; init; }
}

/// <summary>Deletes workflow instances that finished longer ago than they are to be kept.</summary>
internal sealed class RetentionJob(InstanceRetention retention, IOptions<WorkflowOptions> options, TimeProvider time, ILogger<RetentionJob> logger)
{
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KeepFinishedDays is not { } days)
            return;
        var deleted = await retention.RunAsync(time.GetUtcNow().AddDays(-days), cancellationToken);
        if (deleted > 0)
            logger.LogInformation("{Count} workflow instances that finished more than {Days} days ago were deleted", deleted, days);
    }
}
