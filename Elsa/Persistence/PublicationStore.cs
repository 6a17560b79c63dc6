using Dapper;
using static Elsa.Persistence.Column;

namespace Elsa.Persistence;

/// <summary>Events on their way: written with the burst that publishes them, deleted in the transaction that sends them.</summary>
internal sealed class PublicationStore(DatabaseSession session)
{
    /// <param name="id">In order of time, see <see cref="Execution.Identity.NewInstance"/>.</param>
    /// <param name="stimulus">The event.</param>
    /// <param name="ct">Gives up.</param>
    public Task StoreAsync(string id, Stimulus stimulus, CancellationToken ct) => session.WriteAsync(
    [
        new("insert into elsa.publications (id, hash, instance_id, correlation_id, input) select $1, $2, $3, $4, $5 {from}",
            Text(id), Text(stimulus.Hash), Text(stimulus.InstanceId), Text(stimulus.CorrelationId), Json(stimulus.Input)),
    ], ct);

    /// <summary>Takes an event to send it. Null when it was sent, is being sent, or was undone with the activity that published it.</summary>
    public async Task<Stimulus?> ClaimAsync(string id, CancellationToken ct)
    {
        await session.BeginAsync(ct);
        var row = await session.Connection.QuerySingleOrDefaultAsync<(string Hash, string? InstanceId, string? CorrelationId, string? Input)?>(new(
            """
            delete from elsa.publications where id = (select id from elsa.publications where id = @id for update skip locked)
            returning hash, instance_id, correlation_id, input::text
            """,
            new { id },
            cancellationToken: ct));
        return row is not { } found ? null : new Stimulus(found.Hash) { InstanceId = found.InstanceId, CorrelationId = found.CorrelationId, Input = found.Input };
    }

    /// <summary>Events that were not sent, in the order of their publishing.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string after, int limit, CancellationToken ct) =>
        (await session.Connection.QueryAsync<string>(new("select id from elsa.publications where id > @after order by id limit @limit", new { after, limit }, cancellationToken: ct))).AsList();
}
