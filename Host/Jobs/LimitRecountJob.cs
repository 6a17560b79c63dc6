using Elsa.Persistence;
using Hangfire;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Jobs;

/// <summary>Counts the open limits again after a calendar was changed, step by step, each step with its progress in a transaction of its own.</summary>
internal sealed class LimitRecountJob(IServiceScopeFactory scopes, LimitRecountStore recounts)
{
    [AutomaticRetry(Attempts = 5, DelaysInSeconds = [1, 5, 15, 30, 60])]
    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        bool goesOn;
        do
        {
            // Checkpoint: a crash here loses no step; whoever goes on begins behind the last clock that was counted.
            await using var scope = scopes.CreateAsyncScope();
            var reprojection = scope.ServiceProvider.GetRequiredService<LimitReprojection>();
            goesOn = await scope.ServiceProvider.GetRequiredService<DatabaseSession>().InTransactionAsync(ct => reprojection.StepAsync(id, ct), cancellationToken);
        }
        while (goesOn);
    }

    /// <summary>Goes on with what a killed host left.</summary>
    [AutomaticRetry(Attempts = 0)]
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await recounts.OpenAsync())
            await RunAsync(id, cancellationToken);
    }
}
