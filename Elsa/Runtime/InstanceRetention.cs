using Dapper;
using Elsa.Persistence;

namespace Elsa.Runtime;

/// <summary>Deletes instances that finished long ago, with their journals. The host runs it now and then.</summary>
public sealed class InstanceRetention
{
    /// <summary>So few in a transaction that nobody waits for it.</summary>
    private const int Handful = 500;

    private readonly DatabaseSession _session;

    internal InstanceRetention(DatabaseSession session) => _session = session;

    /// <summary>Deletes what finished before a moment. A crash leaves the rest for the next time.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> RunAsync(DateTimeOffset before, CancellationToken ct)
    {
        var deleted = 0;
        for (var last = Handful; last == Handful; deleted += last)
            last = await DeleteAsync(before, ct);
        return deleted;
    }

    private Task<int> DeleteAsync(DateTimeOffset before, CancellationToken ct) => _session.InTransactionAsync(
        // What ended before then began before it: the index by age finds it.
        token => _session.Connection.ExecuteAsync(new(
            """
            delete from elsa.instances where id in (
                select id from elsa.instances where created_at < @before and finished_at < @before and status = 'Finished'
                limit @limit for update skip locked)
            """,
            new { before = before.UtcDateTime, limit = Handful },
            cancellationToken: token)), ct);
}
