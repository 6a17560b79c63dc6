using Elsa.Persistence;
using Npgsql;
using TongBan.Domain.Audit;

namespace TongBan.Host.Workflows;

/// <summary>Puts the audit's entries into the round trip that commits, where a transaction of the session runs.</summary>
internal sealed class WritesWithCommit(DatabaseSession session, NpgsqlConnection connection) : ILastWrites
{
    private readonly WritesAtOnce _atOnce = new(connection);

    public Task WriteAsync(NpgsqlBatchCommand command)
    {
        if (!session.InTransaction)
            return _atOnce.WriteAsync(command);
        session.AtCommit(command);
        return Task.CompletedTask;
    }
}
