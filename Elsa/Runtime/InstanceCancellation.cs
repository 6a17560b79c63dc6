using Elsa.Workflows.Runtime;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Elsa.Runtime;

/// <summary>Cancels many instances, each for itself: one that cannot be read any more does not keep the others running.</summary>
internal sealed class InstanceCancellation(IWorkflowRuntime runtime, ILogger<InstanceCancellation> logger)
{
    /// <summary>Cancels one and its children.</summary>
    /// <returns>Why it could not be cancelled; null when it was.</returns>
    public async Task<string?> TryAsync(string instanceId, CancellationToken ct)
    {
        try
        {
            await (await runtime.CreateClientAsync(instanceId, ct)).CancelAsync(ct);
            return null;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or NpgsqlException))
        {
            logger.LogWarning(failure, "Instance {Instance} could not be cancelled.", instanceId);
            return $"The instance could not be cancelled: {failure.Message}";
        }
    }

    /// <summary>Cancels several.</summary>
    /// <returns>How many were.</returns>
    public async Task<int> CancelAsync(IEnumerable<string> instanceIds, CancellationToken ct)
    {
        var cancelled = 0;
        foreach (var id in instanceIds)
            cancelled += await TryAsync(id, ct) is null ? 1 : 0;
        return cancelled;
    }
}
