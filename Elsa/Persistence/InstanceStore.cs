using Elsa.Calls;
using Elsa.Definitions;
using Elsa.Execution;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Npgsql;
using NpgsqlTypes;

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
                           i.state::text, i.created_at, i.updated_at, i.finished_at, d.revision
                    from elsa.instances i join elsa.definitions d on d.id = i.version_id
                    where i.id = $1 for update of i
                    """) { Parameters = { new() { Value = instanceId } } },
                new NpgsqlBatchCommand(
                    """
                    select id, name, hash, payload::text, activity_id, node_id, activity_instance_id, created_at, auto_burn, callback, auto_complete, metadata::text
                    from elsa.bookmarks where instance_id = $1 order by created_at
                    """) { Parameters = { new() { Value = instanceId } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var row = new InstanceRow(
            reader.GetString(1), reader.GetString(2), Text(reader, 3), Text(reader, 4), Text(reader, 5), reader.GetInt64(6), Text(reader, 7),
            reader.GetFieldValue<DateTimeOffset>(8), reader.GetFieldValue<DateTimeOffset>(9), await reader.IsDBNullAsync(10, ct) ? null : reader.GetFieldValue<DateTimeOffset>(10), reader.GetInt32(11));
        await reader.NextResultAsync(ct);
        var bookmarks = new List<Bookmark>();
        while (await reader.ReadAsync(ct))
            bookmarks.Add(BookmarkRows.Read(reader));
        await reader.CloseAsync();
        return new LoadedInstance(await OpenAsync(instanceId, row, bookmarks, ct), bookmarks.Select(bookmark => bookmark.Id).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Writes all that a burst changed, with the commit where it may.</summary>
    /// <param name="workflow">The instance.</param>
    /// <param name="known">The ids of the bookmarks that are stored; null for a new instance.</param>
    /// <param name="ct">Gives up.</param>
    public Task SaveAsync(WorkflowExecutionContext workflow, IReadOnlySet<string>? known, CancellationToken ct) => session.WriteAsync(Writes(workflow, known), ct);

    private static IEnumerable<NpgsqlBatchCommand> Writes(WorkflowExecutionContext workflow, IReadOnlySet<string>? known)
    {
        yield return known is null ? Insert(workflow) : Update(workflow);
        var kept = workflow.Bookmarks.Select(bookmark => bookmark.Id).ToHashSet(StringComparer.Ordinal);
        if (known is not null && known.Any(id => !kept.Contains(id)))
            yield return BookmarkRows.Delete([.. known.Where(id => !kept.Contains(id))]);
        var added = workflow.Bookmarks.Where(bookmark => known?.Contains(bookmark.Id) != true).ToList();
        if (added.Count > 0)
            yield return BookmarkRows.Insert(workflow.Id, added);
        if (added.Any(bookmark => bookmark.Payload is ITimedStimulus))
            yield return TimerRows.Insert(workflow.Id, added);
        var calls = workflow.Calls.Where(call => kept.Contains(call.BookmarkId)).ToList();
        if (calls.Count > 0)
            yield return CallRows.Insert(workflow.Id, workflow.Now, calls);
        if (workflow.Journal.Entries.Count > 0)
            yield return JournalRows.Insert(workflow);
        if (workflow.Touched.Count > 0)
            yield return ExecutionRows.Upsert(workflow);
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
        };
        workflow.Journal.Offset = row.JournalLength;
        if (row.State is not null)
            InstanceState.Read(row.State, workflow);
        return workflow;
    }

    private static NpgsqlBatchCommand Insert(WorkflowExecutionContext workflow)
    {
        var identity = workflow.Workflow.Identity;
        return new NpgsqlBatchCommand(
            """
            insert into elsa.instances (id, status, sub_status, name, correlation_id, parent_id, incident_count, journal_length, state, updated_at, finished_at, definition_id, version_id, version, is_system, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """)
        {
            Parameters =
            {
                new() { Value = workflow.Id }, new() { Value = workflow.Status.ToString() }, new() { Value = workflow.SubStatus.ToString() },
                Nullable(workflow.Name), Nullable(workflow.CorrelationId), Nullable(workflow.ParentWorkflowInstanceId), new() { Value = workflow.Incidents.Count },
                new() { Value = workflow.Journal.Offset + workflow.Journal.Entries.Count }, Json(InstanceState.Write(workflow)), new() { Value = workflow.UpdatedAt.ToUniversalTime() },
                Moment(workflow.FinishedAt), new() { Value = identity.DefinitionId }, new() { Value = identity.Id }, new() { Value = identity.Version }, new() { Value = workflow.Workflow.IsSystem },
                new() { Value = workflow.CreatedAt.ToUniversalTime() },
            },
        };
    }

    private static NpgsqlBatchCommand Update(WorkflowExecutionContext workflow) => new(
        """
        update elsa.instances set status = $2, sub_status = $3, name = $4, correlation_id = $5, incident_count = $6, journal_length = $7, state = $8, updated_at = $9, finished_at = $10
        where id = $1
        """)
    {
        Parameters =
        {
            new() { Value = workflow.Id }, new() { Value = workflow.Status.ToString() }, new() { Value = workflow.SubStatus.ToString() },
            Nullable(workflow.Name), Nullable(workflow.CorrelationId), new() { Value = workflow.Incidents.Count },
            new() { Value = workflow.Journal.Offset + workflow.Journal.Entries.Count }, Json(InstanceState.Write(workflow)), new() { Value = workflow.UpdatedAt.ToUniversalTime() },
            Moment(workflow.FinishedAt),
        },
    };

    internal static NpgsqlParameter Nullable(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    internal static NpgsqlParameter Json(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json };

    private static NpgsqlParameter Moment(DateTimeOffset? value) => new() { Value = (object?)value?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private sealed record InstanceRow(
        string VersionId, string SubStatus, string? Name, string? CorrelationId, string? ParentId, long JournalLength, string? State,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt, int Revision);
}

/// <summary>An instance under its lock.</summary>
/// <param name="Workflow">The instance, ready to go on.</param>
/// <param name="Bookmarks">The ids of its stored bookmarks.</param>
internal sealed record LoadedInstance(WorkflowExecutionContext Workflow, IReadOnlySet<string> Bookmarks);
