using Elsa.Execution;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Npgsql;
using NpgsqlTypes;

namespace Elsa.Persistence;

/// <summary>Many rows as one statement: a column is an array.</summary>
internal static class Columns
{
    public static NpgsqlParameter Texts(IEnumerable<string?> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Numbers(IEnumerable<int> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    public static NpgsqlParameter Flags(IEnumerable<bool> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean };

    public static NpgsqlParameter Moments(IEnumerable<DateTimeOffset> values) => new() { Value = values.Select(value => value.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Moments(IEnumerable<DateTimeOffset?> values) => new() { Value = values.Select(value => value?.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
}

internal static class BookmarkRows
{
    public static Bookmark Read(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.IsDBNull(3) ? null : StoredValues.FromJson(reader.GetString(3)),
        reader.GetString(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.GetFieldValue<DateTimeOffset>(7),
        reader.GetBoolean(8),
        reader.IsDBNull(9) ? null : reader.GetString(9),
        reader.GetBoolean(10),
        reader.IsDBNull(11) ? null : StoredValues.FromColumn(reader.GetString(11)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString() ?? "", StringComparer.Ordinal));

    public static NpgsqlBatchCommand Delete(string[] ids) => new("delete from elsa.bookmarks where id = any($1)") { Parameters = { Columns.Texts(ids) } };

    public static NpgsqlBatchCommand Insert(string instanceId, IReadOnlyList<Bookmark> bookmarks) => new(
        """
        insert into elsa.bookmarks (id, instance_id, name, hash, activity_id, node_id, activity_instance_id, payload, callback, auto_burn, auto_complete, metadata, created_at)
        select id, $1, name, hash, activity_id, node_id, activity_instance_id, payload::json, callback, auto_burn, auto_complete, metadata::json, created_at
        from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as b(id, name, hash, activity_id, node_id, activity_instance_id, payload, callback, auto_burn, auto_complete, metadata, created_at)
        """)
    {
        Parameters =
        {
            new() { Value = instanceId }, Columns.Texts(bookmarks.Select(b => b.Id)), Columns.Texts(bookmarks.Select(b => b.Name)), Columns.Texts(bookmarks.Select(b => b.Hash)),
            Columns.Texts(bookmarks.Select(b => b.ActivityId)), Columns.Texts(bookmarks.Select(b => b.ActivityNodeId)), Columns.Texts(bookmarks.Select(b => b.ActivityInstanceId)),
            Columns.Texts(bookmarks.Select(b => StoredValues.PayloadJson(b.Payload))), Columns.Texts(bookmarks.Select(b => b.CallbackMethodName)), Columns.Flags(bookmarks.Select(b => b.AutoBurn)),
            Columns.Flags(bookmarks.Select(b => b.AutoComplete)), Columns.Texts(bookmarks.Select(b => StoredValues.ToColumn(b.Metadata?.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value))))),
            Columns.Moments(bookmarks.Select(b => b.CreatedAt)),
        },
    };
}

internal static class TimerRows
{
    /// <summary>A timer for each bookmark that one resumes. It goes with its bookmark.</summary>
    public static NpgsqlBatchCommand Insert(string instanceId, IEnumerable<Bookmark> bookmarks)
    {
        var timed = bookmarks.Where(bookmark => bookmark.Payload is ITimedStimulus).ToList();
        return new("insert into elsa.timers (id, instance_id, bookmark_id, due_at) select id, $1, id, due_at from unnest($2, $3) as t(id, due_at)")
        {
            Parameters = { new() { Value = instanceId }, Columns.Texts(timed.Select(b => b.Id)), Columns.Moments(timed.Select(b => ((ITimedStimulus)b.Payload!).DueAt)) },
        };
    }
}

internal static class JournalRows
{
    public static NpgsqlBatchCommand Insert(WorkflowExecutionContext workflow)
    {
        var entries = workflow.Journal.Entries;
        return new(
            """
            insert into elsa.journal (instance_id, sequence, execution_id, event, message, source, payload, at)
            select $1, $2 + n - 1, execution_id, event, message, source, payload::json, at
            from unnest($3, $4, $5, $6, $7, $8) with ordinality as j(execution_id, event, message, source, payload, at, n)
            """)
        {
            Parameters =
            {
                new() { Value = workflow.Id }, new() { Value = workflow.Journal.Offset }, Columns.Texts(entries.Select(e => e.Context.Id)), Columns.Texts(entries.Select(e => e.Event)),
                Columns.Texts(entries.Select(e => e.Message)), Columns.Texts(entries.Select(e => e.Source)), Columns.Texts(entries.Select(e => StoredValues.ToJson(e.Payload, isPlain: true))), Columns.Moments(entries.Select(e => e.At)),
            },
        };
    }
}

internal static class ExecutionRows
{
    public static NpgsqlBatchCommand Upsert(WorkflowExecutionContext workflow)
    {
        var rows = workflow.Touched.ToList();
        var waiting = workflow.Bookmarks.Select(bookmark => bookmark.ActivityInstanceId).ToHashSet(StringComparer.Ordinal);
        return new(
            """
            insert into elsa.executions (id, instance_id, parent_id, activity_id, node_id, activity_type, activity_type_version, activity_name, status, has_bookmarks, fault_count,
                                         state, outputs, payload, exception, scheduling_execution_id, scheduling_activity_id, call_stack_depth, started_at, completed_at)
            select id, $1, parent_id, activity_id, node_id, activity_type, version, name, status, waits, faults, state::json, outputs::json, payload::json, exception::json, by, by_activity, depth, started_at, completed_at
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
              as e(id, parent_id, activity_id, node_id, activity_type, version, name, status, waits, faults, state, outputs, payload, exception, by, by_activity, depth, started_at, completed_at)
            on conflict (id) do update set status = excluded.status, has_bookmarks = excluded.has_bookmarks, fault_count = excluded.fault_count, state = coalesce(excluded.state, executions.state),
              outputs = coalesce(excluded.outputs, executions.outputs), payload = coalesce(excluded.payload, executions.payload), exception = excluded.exception, completed_at = excluded.completed_at
            """)
        {
            Parameters =
            {
                new() { Value = workflow.Id }, Columns.Texts(rows.Select(c => c.Id)), Columns.Texts(rows.Select(c => c.ParentActivityExecutionContext?.Id)), Columns.Texts(rows.Select(c => c.Activity.Id)),
                Columns.Texts(rows.Select(c => c.NodeId)), Columns.Texts(rows.Select(c => c.Activity.Type)), Columns.Numbers(rows.Select(c => c.Activity.Version)), Columns.Texts(rows.Select(c => c.Activity.Name)),
                Columns.Texts(rows.Select(c => c.Status.ToString())), Columns.Flags(rows.Select(c => waiting.Contains(c.Id))), Columns.Numbers(rows.Select(c => c.AggregateFaultCount)),
                Columns.Texts(rows.Select(c => StoredValues.ToShownColumn(c.ActivityState!))), Columns.Texts(rows.Select(c => StoredValues.ToShownColumn(c.YieldedOutputs))), Columns.Texts(rows.Select(c => StoredValues.ToShownColumn(c.StoredJournalData!))),
                Columns.Texts(rows.Select(c => ExceptionJson.ToColumn(c.Exception))), Columns.Texts(rows.Select(c => c.SchedulingActivityExecutionId)), Columns.Texts(rows.Select(c => c.SchedulingActivityId)),
                Columns.Numbers(rows.Select(c => c.CallStackDepth)), Columns.Moments(rows.Select(c => c.StartedAt)), Columns.Moments(rows.Select(c => c.CompletedAt)),
            },
        };
    }
}
