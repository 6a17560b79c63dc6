using Elsa.Calls;
using Elsa.Definitions;
using Elsa.Execution;
using Elsa.Runtime;
using Elsa.Workflows;
using Microsoft.Extensions.DependencyInjection;
using static Elsa.Persistence.Column;

namespace Elsa.Persistence;

/// <summary>Loads an instance for a burst and stores what the burst did: one batch to read, one batch to write.</summary>
internal sealed class InstanceStore(DatabaseSession session, InstanceReads reads, GraphCache graphs, IServiceProvider services, TimeProvider time)
{
    /// <summary>
    /// An instance to go on with: under its lock, or, where nothing of a transaction has begun, as it was read without one; then it
    /// is locked later, if it has not changed. Null when there is none.
    /// </summary>
    public async Task<LoadedInstance?> LoadAsync(string instanceId, CancellationToken ct)
    {
        var stored = session.MayReadUnlocked ? await ReadUnlockedAsync(instanceId, ct) : await ReadLockedAsync(instanceId, ct);
        return stored is null ? null : new LoadedInstance(await OpenAsync(instanceId, stored, ct), stored.Bookmarks.ToDictionary(one => one.Bookmark.Id, one => one.Follower, StringComparer.Ordinal));
    }

    /// <summary>Writes all that a burst changed, with the commit where it may.</summary>
    /// <param name="workflow">The instance.</param>
    /// <param name="known">The bookmarks that are stored; null for a new instance.</param>
    /// <param name="ct">Gives up.</param>
    public Task SaveAsync(WorkflowExecutionContext workflow, IReadOnlyDictionary<string, string?>? known, CancellationToken ct) => session.WriteAsync(Writes(workflow, known), ct);

    private static IEnumerable<Statement> Writes(WorkflowExecutionContext workflow, IReadOnlyDictionary<string, string?>? known)
    {
        yield return known is null ? Insert(workflow) : Update(workflow);
        var kept = workflow.Bookmarks.Select(bookmark => bookmark.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var command in BookmarkRows.Delete(workflow.Id, known?.Where(bookmark => !kept.Contains(bookmark.Key)).ToList() ?? []))
            yield return command;
        foreach (var (index, bookmark) in workflow.Bookmarks.Where(bookmark => known?.ContainsKey(bookmark.Id) != true).Index())
        {
            yield return BookmarkRows.Insert(workflow, bookmark, index);
            if (bookmark.Payload is ITimedStimulus)
                yield return TimerRows.Insert(workflow.Id, bookmark);
        }

        foreach (var call in workflow.Calls.Where(call => kept.Contains(call.BookmarkId)))
            yield return CallRows.Insert(workflow.Id, workflow.Now, call);
        if (!History.IsEmpty(workflow))
            yield return History.Insert(workflow);
    }

    private async Task<StoredInstance?> ReadUnlockedAsync(string instanceId, CancellationToken ct)
    {
        try
        {
            var stored = await reads.ReadAsync(instanceId);
            if (stored is not null)
                session.Hold(instanceId, stored.Version);
            return stored;
        }
        catch (Exception e) when (Convoy.MayBeOfAnother(e))
        {
            return await ReadLockedAsync(instanceId, ct);
        }
    }

    private async Task<StoredInstance?> ReadLockedAsync(string instanceId, CancellationToken ct)
    {
        await session.FlushAsync(ct);
        return await InstanceReads.ReadLockedAsync(instanceId, session.Connection, ct);
    }

    private async Task<WorkflowExecutionContext> OpenAsync(string id, StoredInstance stored, CancellationToken ct)
    {
        var graph = await graphs.GetAsync(stored.VersionId, stored.Revision, ct);
        var workflow = new WorkflowExecutionContext(services, graph, id, time, ct)
        {
            SubStatus = Enum.Parse<WorkflowSubStatus>(stored.SubStatus),
            Name = stored.Name,
            CorrelationId = stored.CorrelationId,
            ParentWorkflowInstanceId = stored.ParentId,
            Bookmarks = [.. stored.Bookmarks.Select(one => one.Bookmark)],
            CreatedAt = stored.CreatedAt,
            UpdatedAt = stored.UpdatedAt,
            FinishedAt = stored.FinishedAt,
            Bursts = stored.Bursts,
        };
        workflow.Journal.Offset = stored.JournalLength;
        if (stored.State is not null)
            InstanceState.Read(stored.State, workflow);
        if (!workflow.HasDrivenVariables)
            return workflow;
        await session.BeginAsync(ct);
        await services.GetRequiredService<DrivenVariables>().ReadAsync(workflow, ct);
        return workflow;
    }

    private static Statement Insert(WorkflowExecutionContext workflow)
    {
        var identity = workflow.Workflow.Identity;
        return new(
            """
            insert into elsa.instances (id, status, sub_status, name, correlation_id, incident_count, journal_length, bursts, state, updated_at, finished_at, parent_id, definition_id, version_id, version, is_system, created_at)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                   case when $18::int is null or exists (select from elsa.definitions where id = $14 and revision = $18 and is_published) then $14 else elsa.is_no_longer_published($14) end,
                   $15, $16, $17 {from}
            """,
            Text(workflow.Id), Text(workflow.Status.ToString()), Text(workflow.SubStatus.ToString()), Text(workflow.Name), Text(workflow.CorrelationId), Number(workflow.Incidents.Count),
            Number(workflow.Journal.Offset + workflow.Journal.Entries.Count), Number(BurstsOf(workflow)), State(workflow), Moment(workflow.UpdatedAt), Moment(workflow.FinishedAt),
            Text(workflow.ParentWorkflowInstanceId), Text(identity.DefinitionId), Text(identity.Id), Number(identity.Version), Flag(workflow.Workflow.IsSystem), Moment(workflow.CreatedAt),
            Number(workflow.RememberedRevision));
    }

    private static Statement Update(WorkflowExecutionContext workflow) => new(
        """
        update elsa.instances set status = $2, sub_status = $3, name = $4, correlation_id = $5, incident_count = $6, journal_length = $7, bursts = $8, state = $9, updated_at = $10, finished_at = $11
        {from} where id = $1
        """,
        Text(workflow.Id), Text(workflow.Status.ToString()), Text(workflow.SubStatus.ToString()), Text(workflow.Name), Text(workflow.CorrelationId), Number(workflow.Incidents.Count),
        Number(workflow.Journal.Offset + workflow.Journal.Entries.Count), Number(BurstsOf(workflow)), State(workflow), Moment(workflow.UpdatedAt), Moment(workflow.FinishedAt));

    private static int BurstsOf(WorkflowExecutionContext workflow) => workflow.Bursts + (History.IsEmpty(workflow) ? 0 : 1);

    private static Column State(WorkflowExecutionContext workflow) => Written(1024, json => InstanceState.Write(json, workflow));
}

/// <summary>An instance that is to go on.</summary>
/// <param name="Workflow">The instance, ready to go on.</param>
/// <param name="Bookmarks">Its stored bookmarks by id, with what follows each.</param>
internal sealed record LoadedInstance(WorkflowExecutionContext Workflow, IReadOnlyDictionary<string, string?> Bookmarks);
