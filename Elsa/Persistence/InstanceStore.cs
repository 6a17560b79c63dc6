using Elsa.Calls;
using Elsa.Definitions;
using Elsa.Execution;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Elsa.Persistence.Column;

namespace Elsa.Persistence;

/// <summary>Loads an instance for a burst and stores what the burst did: one batch to read, one batch to write.</summary>
internal sealed class InstanceStore(DatabaseSession session, GraphCache graphs, IServiceProvider services, TimeProvider time)
{
    /// <summary>Locks the instance until the transaction ends. Null when there is none.</summary>
    public async Task<LoadedInstance?> LoadAsync(string instanceId, CancellationToken ct)
    {
        await session.FlushAsync(ct);
        await using var batch = new NpgsqlBatch(session.Connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(
                    """
                    select i.definition_id, i.version_id, i.sub_status, i.name, i.correlation_id, i.parent_id, i.journal_length,
                           i.state, i.created_at, i.updated_at, i.finished_at, i.bursts, d.revision
                    from elsa.instances i join elsa.definitions d on d.id = i.version_id
                    where i.id = $1 for update of i
                    """) { Parameters = { Text(instanceId) } },
                new NpgsqlBatchCommand($"select {BookmarkRows.Columns} from elsa.bookmarks where instance_id = $1 order by number") { Parameters = { Text(instanceId) } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var row = new InstanceRow(
            reader.GetString(1), reader.GetString(2), OptionalText(reader, 3), OptionalText(reader, 4), OptionalText(reader, 5), reader.GetInt64(6),
            await reader.IsDBNullAsync(7, ct) ? null : reader.GetFieldValue<byte[]>(7), reader.GetFieldValue<DateTimeOffset>(8), reader.GetFieldValue<DateTimeOffset>(9),
            await reader.IsDBNullAsync(10, ct) ? null : reader.GetFieldValue<DateTimeOffset>(10), reader.GetInt32(11), reader.GetInt32(12));
        await reader.NextResultAsync(ct);
        var bookmarks = new List<Bookmark>();
        var stored = new Dictionary<string, string?>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            var bookmark = BookmarkRows.Read(reader);
            bookmarks.Add(bookmark);
            stored[bookmark.Id] = BookmarkRows.ReadFollower(reader);
        }

        await reader.CloseAsync();
        return new LoadedInstance(await OpenAsync(instanceId, row, bookmarks, ct), stored);
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

    private async Task<WorkflowExecutionContext> OpenAsync(string id, InstanceRow row, List<Bookmark> bookmarks, CancellationToken ct)
    {
        var graph = await graphs.GetAsync(row.VersionId, row.Revision, ct);
        var workflow = new WorkflowExecutionContext(services, graph, id, time, ct)
        {
            SubStatus = Enum.Parse<WorkflowSubStatus>(row.SubStatus),
            Name = row.Name,
            CorrelationId = row.CorrelationId,
            ParentWorkflowInstanceId = row.ParentId,
            Bookmarks = bookmarks,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            FinishedAt = row.FinishedAt,
            Bursts = row.Bursts,
        };
        workflow.Journal.Offset = row.JournalLength;
        if (row.State is not null)
            InstanceState.Read(row.State, workflow);
        if (workflow.HasDrivenVariables)
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
                   $15, $16, $17
            """,
            Text(workflow.Id), Text(workflow.Status.ToString()), Text(workflow.SubStatus.ToString()), Text(workflow.Name), Text(workflow.CorrelationId), Number(workflow.Incidents.Count),
            Number(workflow.Journal.Offset + workflow.Journal.Entries.Count), Number(BurstsOf(workflow)), State(workflow), Moment(workflow.UpdatedAt), Moment(workflow.FinishedAt),
            Text(workflow.ParentWorkflowInstanceId), Text(identity.DefinitionId), Text(identity.Id), Number(identity.Version), Flag(workflow.Workflow.IsSystem), Moment(workflow.CreatedAt),
            Number(workflow.RememberedRevision));
    }

    private static Statement Update(WorkflowExecutionContext workflow) => new(
        """
        update elsa.instances set status = $2, sub_status = $3, name = $4, correlation_id = $5, incident_count = $6, journal_length = $7, bursts = $8, state = $9, updated_at = $10, finished_at = $11
        where id = $1
        """,
        Text(workflow.Id), Text(workflow.Status.ToString()), Text(workflow.SubStatus.ToString()), Text(workflow.Name), Text(workflow.CorrelationId), Number(workflow.Incidents.Count),
        Number(workflow.Journal.Offset + workflow.Journal.Entries.Count), Number(BurstsOf(workflow)), State(workflow), Moment(workflow.UpdatedAt), Moment(workflow.FinishedAt));

    private static int BurstsOf(WorkflowExecutionContext workflow) => workflow.Bursts + (History.IsEmpty(workflow) ? 0 : 1);

    private static NpgsqlParameter State(WorkflowExecutionContext workflow) => Written(1024, json => InstanceState.Write(json, workflow));

    private static string? OptionalText(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private sealed record InstanceRow(
        string VersionId, string SubStatus, string? Name, string? CorrelationId, string? ParentId, long JournalLength, byte[]? State,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt, int Bursts, int Revision);
}

/// <summary>An instance under its lock.</summary>
/// <param name="Workflow">The instance, ready to go on.</param>
/// <param name="Bookmarks">Its stored bookmarks by id, with what follows each.</param>
internal sealed record LoadedInstance(WorkflowExecutionContext Workflow, IReadOnlyDictionary<string, string?> Bookmarks);
