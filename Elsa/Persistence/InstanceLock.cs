using Dapper;

namespace Elsa.Persistence;

/// <summary>The lock that every burst of an instance takes first.</summary>
public static class InstanceLock
{
    /// <summary>
    /// Takes it for the rest of the transaction. Who writes rows that the instance's activities write too, and then sends it a
    /// stimulus, takes it before the writes: two who lock in the same order cannot wait for each other.
    /// </summary>
    public static Task LockInstanceAsync(this DatabaseSession session, string instanceId, CancellationToken ct) =>
        session.Connection.ExecuteAsync(new("select id from elsa.instances where id = @instanceId for update", new { instanceId }, cancellationToken: ct));
}
