using Elsa.Execution;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>A savepoint before each activity that is not the runtime's own.</summary>
internal sealed class SavepointGuard(DatabaseSession session) : IForeignGuard
{
    private bool _isSet;

    public Task BeginAsync(CancellationToken cancellationToken) => session.BeginAsync(cancellationToken);

    /// <summary>The former savepoint is released in the same round trip: nested ones would pile up over a long burst.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (!session.InTransaction)
            return;
        // What was gathered belongs before the savepoint.
        session.KeepLast();
        await session.FlushAsync(cancellationToken, _isSet ? ["release savepoint activity", "savepoint activity"] : ["savepoint activity"]);
        _isSet = true;
    }

    public async Task UndoAsync(CancellationToken cancellationToken)
    {
        if (!session.InTransaction)
            return;
        session.ForgetWrites();
        await using var command = new NpgsqlCommand("rollback to savepoint activity", session.Connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A new transaction knows nothing of the savepoints of the last one.</summary>
    public void Reset() => _isSet = false;
}
