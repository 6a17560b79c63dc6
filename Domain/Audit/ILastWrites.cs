using System.Data;
using Npgsql;

namespace TongBan.Domain.Audit;

/// <summary>
/// Takes a write that many transactions compete for: the audit chain's head. Whoever runs transactions puts it right before
/// the commit, so that nobody waits longer than for that.
/// </summary>
public interface ILastWrites
{
    /// <summary>Writes with the commit of the transaction that runs; at once when none does.</summary>
    /// <param name="command">A command that returns no rows.</param>
    Task WriteAsync(NpgsqlBatchCommand command);
}

/// <summary>Writes at once, on the scope's connection: for those who run no transactions of their own.</summary>
public sealed class WritesAtOnce(NpgsqlConnection connection) : ILastWrites
{
    /// <inheritdoc/>
    public async Task WriteAsync(NpgsqlBatchCommand command)
    {
        var opened = connection.State != ConnectionState.Open;
        if (opened)
            await connection.OpenAsync();
        try
        {
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
            await batch.ExecuteNonQueryAsync();
        }
        finally
        {
            if (opened)
                await connection.CloseAsync();
        }
    }
}
