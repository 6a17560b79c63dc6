using Dapper;
using Elsa.Flow;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Models;

namespace Elsa.Runtime;

/// <summary>Why an instance cannot go on in another version.</summary>
public enum MoveObstacle
{
    /// <summary>The other version does not have the activity, or another type of that id.</summary>
    Missing,

    /// <summary>The activity counts its children, and the other version has others.</summary>
    Changed,

    /// <summary>Branches have arrived at a join of the flowchart, which knows them by the connections of its own version.</summary>
    Joining,
}

/// <summary>How an instance would stand in another version.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="FromVersionId">The version it runs.</param>
/// <param name="FromVersion">The number of the version it runs.</param>
/// <param name="WaitsAt">The activities that it waits in; it would wait in the same.</param>
/// <param name="Obstacles">Why it cannot; empty when it can.</param>
public sealed record InstanceMove(string InstanceId, string FromVersionId, int FromVersion, IReadOnlyList<string> WaitsAt, IReadOnlyList<(MoveObstacle Obstacle, string ActivityId)> Obstacles);

/// <summary>
/// Moves instances to other versions of their definition. State, bookmarks and timers name activities, not versions: when the other
/// version has all that are active, the instance goes on there, and what is complete is not run again.
/// </summary>
public sealed class InstanceMigration
{
    private readonly DatabaseSession _session;
    private readonly InstanceStore _instances;
    private readonly DefinitionStore _definitions;

    internal InstanceMigration(DatabaseSession session, InstanceStore instances, DefinitionStore definitions) => (_session, _instances, _definitions) = (session, instances, definitions);

    /// <summary>The running instances of a definition that run another version than this.</summary>
    public async Task<IReadOnlyList<string>> FindOthersAsync(string definitionId, string versionId, CancellationToken ct) =>
        [.. await _session.Connection.QueryAsync<string>(new(
            "select id from elsa.instances where definition_id = @definitionId and version_id <> @versionId and status = 'Running' order by created_at, id", new { definitionId, versionId }, cancellationToken: ct))];

    /// <summary>Looks how an instance would stand in another version, and when asked to moves it there if nothing is in the way. Null when the instance is gone, has ended or runs that version.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="versionId">The other version.</param>
    /// <param name="apply">Whether to move it.</param>
    /// <param name="ct">Gives up.</param>
    public Task<InstanceMove?> MoveAsync(string instanceId, string versionId, bool apply, CancellationToken ct) => _session.InTransactionAsync(async token =>
    {
        // Under the instance's lock: what is looked at is what is moved.
        if (await _instances.LoadAsync(instanceId, token) is not { Workflow: { Status: WorkflowStatus.Running } workflow } || workflow.Workflow.Identity.Id == versionId)
            return null;
        var target = await _definitions.FindGraphAsync(WorkflowDefinitionHandle.ByDefinitionVersionId(versionId), token) ?? throw new InvalidOperationException($"There is no definition version '{versionId}'.");
        var identity = workflow.Workflow.Identity;
        var waits = workflow.Bookmarks.Select(bookmark => bookmark.ActivityId).Distinct(StringComparer.Ordinal).ToList();
        var move = new InstanceMove(instanceId, identity.Id, identity.Version, waits, [.. workflow.ActivityExecutionContexts.SelectMany(context => Look(context, target)).Distinct()]);
        if (apply && move.Obstacles.Count == 0)
        {
            await _session.Connection.ExecuteAsync(new(
                "update elsa.instances set version_id = @versionId, version = @version where id = @instanceId", new { instanceId, versionId, version = target.Workflow.Identity.Version }, cancellationToken: token));
        }

        return move;
    }, ct);

    private static IEnumerable<(MoveObstacle, string)> Look(ActivityExecutionContext context, WorkflowGraph target)
    {
        var id = context.Activity.Id;
        if (target.FindNode(context.NodeId) is not { } there || there.NodeId != context.NodeId || there.Activity.GetType() != context.Activity.GetType())
            yield return (MoveObstacle.Missing, id);
        else if (context.Activity is Flowchart)
        {
            if (context.GetProperty<FlowScope>(nameof(FlowScope)) is { Arrivals.Count: > 0 })
                yield return (MoveObstacle.Joining, id);
        }
        else if (!context.ActivityNode.Children.Select(child => child.Activity.Id).SequenceEqual(there.Children.Select(child => child.Activity.Id), StringComparer.Ordinal))
            yield return (MoveObstacle.Changed, id);
    }
}
