using Hangfire;
using TongBan.Domain.Audit;

namespace TongBan.Host.Audit;

/// <summary>Checks the audit trail against itself and against what was noted outside, and notes the head anew.</summary>
internal sealed partial class AuditCheckup(AuditChain chain, AuditAnchors anchors, ILogger<AuditCheckup> logger)
{
    /// <summary>One check.</summary>
    public async Task<AuditCheck> RunAsync(CancellationToken cancellation)
    {
        var check = await chain.VerifyAsync(anchors.Read(), cancellation);
        if (check.Problem is { } problem)
            LogBroken(logger, problem);
        else if (check.Head > 0)
            anchors.Add(check);
        return check;
    }

    /// <summary>The job.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Fail)]
    public async Task CheckAsync(CancellationToken cancellation)
    {
        // A job that fails is what people see on the dashboard.
        if ((await RunAsync(cancellation)).Problem is { } problem)
            throw new InvalidOperationException($"The audit trail is not whole: {problem}");
    }

    [LoggerMessage(LogLevel.Critical, "The audit trail is not whole: {Problem}")]
    private static partial void LogBroken(ILogger logger, string problem);
}
