using Dapper;
using Npgsql;

namespace Elsa.Api;

/// <summary>The badges on an activity in the viewer.</summary>
internal static class ExecutionStats
{
    /// <param name="connection">Where to.</param>
    /// <param name="instanceId">Of which instance.</param>
    /// <param name="nodeIds">Of which activities; empty for all.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IEnumerable<object>> OfAsync(NpgsqlConnection connection, string instanceId, string[] nodeIds, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<(string ActivityId, string NodeId, int Started, int Completed, bool Blocked, bool Faulted, int Faults)>(new(
            """
            select activity_id, node_id, count(*)::int, count(*) filter (where status = 'Completed')::int, bool_or(has_bookmarks), bool_or(status = 'Faulted'), sum(fault_count)::int
            from elsa.executions where instance_id = @instanceId and (cardinality(@nodeIds) = 0 or node_id = any(@nodeIds))
            group by activity_id, node_id order by min(number)
            """,
            new { instanceId, nodeIds },
            cancellationToken: ct));
        return rows.Select(row => (object)new
        {
            activityId = row.ActivityId,
            activityNodeId = row.NodeId,
            startedCount = row.Started,
            completedCount = row.Completed,
            uncompletedCount = row.Started - row.Completed,
            isBlocked = row.Blocked,
            isFaulted = row.Faulted,
            aggregateFaultCount = row.Faults,
            metadata = ExecutionRow.NoValues,
        }).ToList();
    }
}
