using Hangfire;
using TongBan.Domain.Privacy;

namespace TongBan.Host.Privacy;

/// <summary>Seals personal data again after a rotation, and what is older than sealing.</summary>
internal sealed partial class ResealingJob(KeyRing ring, Resealing resealing, ILogger<ResealingJob> logger)
{
    private const int LongestWait = 1;

    [DisableConcurrentExecution(LongestWait)]
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task RunAsync(CancellationToken cancellation)
    {
        // Another host may have made a newer key.
        await ring.LoadAsync();
        if (await resealing.RunAsync(cancellation) is > 0 and var sealedRows)
            LogSealed(logger, sealedRows);
    }

    [LoggerMessage(LogLevel.Information, "Sealed the personal data of {Rows} rows with the newest key.")]
    private static partial void LogSealed(ILogger logger, int rows);
}
