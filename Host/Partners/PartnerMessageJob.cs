using Dapper;
using Hangfire;
using Npgsql;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>Applies what partners sent. Every checkpoint may be repeated: appliers do the same message once.</summary>
internal sealed class PartnerMessageJob(
    PartnerMessageStore messages, IPartnerMessageApplier applier, CaseDesk desk, IBackgroundJobClient jobs, NpgsqlConnection connection, PartnerTimings timings, TimeProvider time)
{
    /// <summary>Between storing a message and enqueueing its job lies a moment in which the host may be killed.</summary>
    private static readonly TimeSpan Overlooked = TimeSpan.FromSeconds(30);

    /// <summary>A message that makes no sense yet is tried after these; then with each sweep.</summary>
    private static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)];

    private const int SweepSize = 500;

    /// <summary>Applies one message.</summary>
    [AutomaticRetry(Attempts = 10, DelaysInSeconds = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200])]
    public async Task ApplyAsync(Guid id, int attempt, CancellationToken cancellationToken)
    {
        if (await messages.FindWaitingAsync(id) is not { } message)
            return;
        var obstacle = await applier.ApplyAsync(message, cancellationToken);
        // Checkpoint: a crash here means that the message is applied again, which changes nothing.
        if (obstacle is null)
        {
            await messages.MarkAppliedAsync(id);
            return;
        }

        if (obstacle.IsFinal || time.GetUtcNow() - message.ReceivedAt >= timings.PutAsideAfter)
        {
            await PutAsideAsync(message, obstacle);
            return;
        }

        await messages.NoteAsync(id, obstacle.Why);
        if (attempt < Patience.Length)
            jobs.Schedule<PartnerMessageJob>(job => job.ApplyAsync(id, attempt + 1, CancellationToken.None), Patience[attempt]);
    }

    /// <summary>Checkpoint: a crash between the two leaves an incident whose message is tried once more, and finds the incident open.</summary>
    private async Task PutAsideAsync(PartnerMessage message, Obstacle obstacle)
    {
        var caseNumber = obstacle.CaseNumber is { } number && await desk.Cases.FindAsync(number) is not null ? number : null;
        var sender = message.Kind == PartnerKind.Courier ? "统一物流" : (await desk.Places.FindAuthorityAsync(message.Partner))?.Name ?? message.Partner;
        await desk.Incidents.OpenAsync(caseNumber, Incident.OfMessage, message.Id.ToString(), $"{sender}的消息无法处理", obstacle.Why);
        await messages.PutAsideAsync(message.Id, obstacle.Why);
    }

    /// <summary>Takes up what was overlooked or had to wait, and forgets nonces that are too old to be accepted anyway.</summary>
    [AutomaticRetry(Attempts = 0)]
    public async Task SweepAsync()
    {
        foreach (var id in await messages.WaitingAsync(time.GetUtcNow() - Overlooked, SweepSize))
            jobs.Enqueue<PartnerMessageJob>(job => job.ApplyAsync(id, Patience.Length, CancellationToken.None));
        await connection.ExecuteAsync(
            "delete from tongban.partner_nonces where seen_at < @before",
            new { before = TimeProvider.System.GetUtcNow().AddSeconds(-3 * SignedRequest.ClockTolerance) });
    }
}
