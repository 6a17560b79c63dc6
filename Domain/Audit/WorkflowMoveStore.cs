using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.Audit;

/// <summary>A running case that was moved to another version of its workflow.</summary>
public sealed record WorkflowMove(Guid MoveId, string DefinitionId, string InstanceId, string CaseNumber, string FromVersionId, int FromVersion, string ToVersionId, int ToVersion);

/// <summary>These moves, with what was before.</summary>
public sealed class WorkflowMoveStore(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>Writes a move down, in the transaction that moves.</summary>
    public Task AddAsync(WorkflowMove move, Actor by) =>
        connection.ExecuteAsync(
            """
            insert into tongban.workflow_moves (move_id, definition_id, instance_id, case_number, from_version_id, from_version, to_version_id, to_version, at, user_name)
            values (@MoveId, @DefinitionId, @InstanceId, @CaseNumber, @FromVersionId, @FromVersion, @ToVersionId, @ToVersion, @at, @UserName)
            """,
            new { move.MoveId, move.DefinitionId, move.InstanceId, move.CaseNumber, move.FromVersionId, move.FromVersion, move.ToVersionId, move.ToVersion, at = time.GetUtcNow(), by.UserName });

    /// <summary>What was moved together and is not undone.</summary>
    public async Task<IReadOnlyList<WorkflowMove>> ListAsync(string definitionId, Guid moveId) =>
        (await connection.QueryAsync<WorkflowMove>(
            """
            select move_id as MoveId, definition_id as DefinitionId, instance_id as InstanceId, case_number as CaseNumber, from_version_id as FromVersionId,
                   from_version as FromVersion, to_version_id as ToVersionId, to_version as ToVersion
            from tongban.workflow_moves where definition_id = @definitionId and move_id = @moveId and undone_at is null order by case_number
            """,
            new { definitionId, moveId })).AsList();

    /// <summary>Writes down that a move was undone.</summary>
    public Task UndoneAsync(WorkflowMove move, Actor by) =>
        connection.ExecuteAsync(
            "update tongban.workflow_moves set undone_at = @at, undone_by = @UserName where move_id = @MoveId and instance_id = @InstanceId", new { move.MoveId, move.InstanceId, at = time.GetUtcNow(), by.UserName });
}
