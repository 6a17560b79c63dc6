using Dapper;
using Hangfire;
using Npgsql;
using TongBan.Domain.Cases;
using TongBan.Domain.Couriers;
using TongBan.Domain.Custody;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.Partners;
using TongBan.Workflows;

namespace TongBan.Host.Workflows.Consistency;

/// <summary>
/// Compares cases, instances, bookmarks, timers, outbox and custody. What disagrees is healed where the right state is certain,
/// else shown as an incident; an incident whose divergence has gone is closed.
/// </summary>
internal sealed class ConsistencyJob(CaseTransaction transaction, CaseDesk desk, CaseWorkflows workflows, Custodian custodian, NpgsqlConnection connection, TimeProvider time, ILogger<ConsistencyJob> logger)
{
    /// <summary>What is younger may still be under way.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    private const int Most = 200;

    [AutomaticRetry(Attempts = 0)]
    public Task SweepAsync(CancellationToken cancellationToken) => RunAsync(Settled, cancellationToken);

    /// <summary>Looks for every divergence once.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var divergence in Divergences.All)
        {
            var found = (await connection.QueryAsync<Found>($"{divergence.Sql}\nlimit {Most}", new { before = time.GetUtcNow() - settled })).AsList();
            foreach (var each in found)
            {
                logger.LogWarning("Case {Case}: {Divergence} {Reference}", each.CaseNumber, divergence.Code, each.Reference);
                await transaction.RunAsync(await desk.Cases.GetAsync(each.CaseNumber), async ct =>
                {
                    await HealAsync(divergence, each, ct);
                    return true;
                }, cancellationToken);
            }

            if (divergence.Remedy == Remedy.Show && found.Count < Most)
                await CloseGoneAsync(divergence, found);
            total += found.Count;
        }

        return total;
    }

    private async Task HealAsync(Divergence divergence, Found found, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (divergence.Remedy)
        {
            case Remedy.Wake:
                await workflows.WakeAsync(await desk.Cases.GetAsync(found.CaseNumber), cancellationToken);
                break;
            case Remedy.CancelTask:
                await connection.ExecuteAsync("update tongban.tasks set state = 'cancelled', completed_at = @now where id = @id and state = 'open'", new { id = Guid.Parse(found.Reference), now });
                break;
            case Remedy.HandOut:
                await connection.ExecuteAsync(
                    "update tongban.partner_calls set next_attempt_at = @now, taken_until = null where id = @id and state = 'pending'; select pg_notify('tongban_work', '')",
                    new { id = Guid.Parse(found.Reference), now });
                break;
            case Remedy.OpenIncident:
                var call = (await desk.Outbox.FindAsync(Guid.Parse(found.Reference)))!;
                await desk.Incidents.OpenAsync(call.CaseNumber, Incident.OfCall, found.Reference, $"{CallWords.Of(call.Operation)}未成功", found.Detail);
                break;
            case Remedy.Unpack:
                await UnpackAsync((await desk.Shipments.FindAsync(Guid.Parse(found.Reference)))!);
                break;
            case Remedy.FireTimer:
                await connection.ExecuteAsync("update elsa.timers set handed_until = null where id = @Reference; select pg_notify('elsa_timers', '')", new { found.Reference });
                break;
            default:
                if (await desk.Incidents.OpenAsync(found.CaseNumber, Incident.OfCheck, $"{divergence.Code}/{found.Reference}", divergence.What, found.Detail))
                    await desk.Timeline.AddAsync(found.CaseNumber, Actor.System, "incident", divergence.What + "，等待人工处理");
                break;
        }
    }

    private async Task UnpackAsync(Shipment shipment)
    {
        var @case = await desk.Cases.GetAsync(shipment.CaseNumber);
        var goal = shipment.Leg == ShipmentLeg.Materials ? Holder.Authority(@case.Authority) : Holder.Applicant(@case.Number);
        await custodian.UnpackAsync(@case, shipment, goal, "一致性检查", Actor.System);
    }

    private async Task CloseGoneAsync(Divergence divergence, IEnumerable<Found> found)
    {
        var still = found.Select(each => $"{divergence.Code}/{each.Reference}").ToHashSet(StringComparer.Ordinal);
        var open = await connection.QueryAsync<string>(
            "select reference from tongban.incidents where source = 'check' and state = 'open' and starts_with(reference, @prefix)", new { prefix = divergence.Code + "/" });
        foreach (var reference in open.Where(reference => !still.Contains(reference)))
            await desk.Incidents.CloseAsync(Incident.OfCheck, reference, "已自行恢复一致");
    }
}
