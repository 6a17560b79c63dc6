using Elsa.Calls;
using Elsa.Runtime;
using Hangfire;
using Npgsql;
using TongBan.Domain.Partners;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Jobs;

/// <summary>
/// Hands work that is due to Hangfire: calls of the outbox, timers and calls of workflows, clocks that turn. It sleeps until the next is due, and PostgreSQL
/// wakes it when something is written that is due sooner, so an idle host asks almost nothing.
/// </summary>
internal sealed class WorkDispatcher(NpgsqlDataSource database, IServiceScopeFactory scopes, IBackgroundJobClient jobs, TimeProvider time, ILogger<WorkDispatcher> logger) : BackgroundService
{
    /// <summary>As many as are handed over at once: a backlog is spread out, earliest first.</summary>
    private const int Handful = 200;

    /// <summary>The longest sleep: what a lost notification can cost.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    /// <summary>What comes due one after the other is handed over together; so is what waits for its turn in a backlog.</summary>
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or BackgroundJobClientException)
            {
                logger.LogWarning("The database is away, due work waits: {Reason}", exception.InnerException?.Message ?? exception.Message);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var listen = new NpgsqlCommand("listen tongban_work; listen elsa_timers; listen elsa_calls", connection))
            await listen.ExecuteNonQueryAsync(cancellation);

        while (!cancellation.IsCancellationRequested)
        {
            var sleep = await HandOverAsync(cancellation);
            if (sleep > TimeSpan.Zero)
                await connection.WaitAsync(sleep, cancellation);
        }
    }

    /// <summary>Hands over what is due.</summary>
    /// <returns>How long nothing more will be due.</returns>
    private async Task<TimeSpan> HandOverAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        var timers = scope.ServiceProvider.GetRequiredService<TimerQueue>();
        var steps = scope.ServiceProvider.GetRequiredService<CallQueue>();

        // Checkpoint: a crash after handing out and before enqueueing costs the lease; then the call is handed out again.
        var calls = await outbox.HandOutAsync(Handful, PartnerCallJob.Lease);
        foreach (var id in calls)
            jobs.Enqueue<PartnerCallJob>(job => job.RunAsync(id, CancellationToken.None));

        var due = await timers.HandOutAsync(TimerJob.Handful, TimerJob.Lease, cancellation);
        foreach (var batch in due.Chunk(TimerJob.Batch))
            jobs.Enqueue<TimerJob>(job => job.FireAsync(batch, CancellationToken.None));

        var asked = await steps.HandOutAsync(Handful, WorkflowCallJob.Lease, cancellation);
        foreach (var id in asked)
            jobs.Enqueue<WorkflowCallJob>(job => job.MakeAsync(id, CancellationToken.None));

        var clocks = scope.ServiceProvider.GetRequiredService<LimitTimers>();
        var turning = await clocks.HandOutAsync(LimitTimerJob.Handful, LimitTimerJob.Lease, cancellation);
        foreach (var id in turning)
            jobs.Enqueue<LimitTimerJob>(job => job.TurnAsync(id, CancellationToken.None));

        if (calls.Count == Handful || asked.Count == Handful)
            return TimeSpan.Zero;
        var next = Earlier(Earlier(await outbox.NextDueAsync(), await timers.NextDueAsync(cancellation)), await steps.NextDueAsync(cancellation));
        next = Earlier(next, await clocks.NextDueAsync(cancellation));
        return next is { } at ? Clamp(at - time.GetUtcNow()) : LongestSleep;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static TimeSpan Clamp(TimeSpan sleep) => sleep < ShortestSleep ? ShortestSleep : sleep > LongestSleep ? LongestSleep : sleep;
}
