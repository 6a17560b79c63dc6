using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Elsa.Definitions;
using Elsa.Expressions.Helpers;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Elsa.Api;

/// <summary>What goes into the file of an instance beside its state.</summary>
internal sealed record InstanceFileParts(bool Bookmarks, bool Executions, bool Journal);

/// <summary>
/// Instances as the original's files. Beside the original's members a file holds the instance as it is stored here
/// (<c>storedInstance</c>): with it an unfinished one goes on where it is imported.
/// </summary>
internal sealed class InstanceFiles(DatabaseSession session, InstanceStore instances, DefinitionStore definitions, GraphCache graphs, ActivityRegistry registry, IServiceProvider services, TimeProvider time)
{
    private const string Stored = "storedInstance";
    private static readonly string[] Tables = ["instances", "bookmarks", "history", "timers", "calls"];

    public async Task<JsonObject?> ExportAsync(string id, InstanceFileParts with, CancellationToken ct)
    {
        if (await session.InTransactionAsync(token => instances.LoadAsync(id, token), ct) is not { } loaded)
            return null;
        var stored = await session.Connection.ExecuteScalarAsync<string>(new(
            """
            select json_build_object(
                'instances', (select json_agg(i) from elsa.instances i where i.id = @id), 'bookmarks', (select json_agg(b) from elsa.bookmarks b where b.instance_id = @id),
                'history', (select json_agg(h) from elsa.history h where h.instance_id = @id),
                'timers', (select json_agg(t) from elsa.timers t where t.instance_id = @id), 'calls', (select json_agg(c) from elsa.calls c where c.instance_id = @id))::text
            """,
            new { id },
            cancellationToken: ct));
        var state = StateView.Of(loaded.Workflow);
        return new JsonObject
        {
            ["WorkflowState"] = StateReferences.Mark(state),
            ["Bookmarks"] = with.Bookmarks ? Records(loaded.Workflow.Bookmarks, bookmark => BookmarkRecord(bookmark, loaded.Workflow)) : null,
            ["ActivityExecutionRecords"] = with.Executions
                ? Records(await session.Connection.QueryAsync<ExecutionRow>(new($"select {ExecutionRow.Columns} from elsa.executions where instance_id = @id order by number", new { id }, cancellationToken: ct)), row => row.Full(registry))
                : null,
            ["WorkflowExecutionLogRecords"] = with.Journal ? Records(await JournalEndpoints.RecordsAsync(id, session.Connection, ct), record => record) : null,
            [Stored] = JsonNode.Parse(stored!, documentOptions: StoredValues.Deep),
        };
    }

    /// <summary>Takes an instance in, in place of a finished one of the same id.</summary>
    /// <exception cref="JsonException">The file is of no instance, of a version that is not here, or of one that still runs.</exception>
    public async Task ImportAsync(JsonObject file, CancellationToken ct)
    {
        var state = file["WorkflowState"] as JsonObject ?? throw new JsonException("The file holds no 'WorkflowState'.");
        var id = state["id"]?.GetValue<string>() ?? throw new JsonException("The instance has no id.");
        if (await session.Connection.ExecuteScalarAsync<string?>(new("select status from elsa.instances where id = @id for update", new { id }, cancellationToken: ct)) == "Running")
            throw new JsonException($"Instance '{id}' is running here.");
        await session.Connection.ExecuteAsync(new("delete from elsa.instances where id = @id", new { id }, cancellationToken: ct));
        if (file[Stored] is JsonObject stored)
            await RestoreAsync(id, stored, ct);
        else
            await TakeInAsync(id, state, ct);
    }

    private async Task RestoreAsync(string id, JsonObject stored, CancellationToken ct)
    {
        var rows = new JsonObject(Tables.Select(table => KeyValuePair.Create<string, JsonNode?>(table, (stored[table] as JsonArray)?.DeepClone() ?? new JsonArray()))).ToJsonString();
        if (!await session.Connection.ExecuteScalarAsync<bool>(new(
            "select bool_and(i.id = @id and exists (select 1 from elsa.definitions d where d.id = i.version_id)) from json_populate_recordset(null::elsa.instances, @rows::json -> 'instances') i", new { id, rows }, cancellationToken: ct)))
            throw new JsonException($"The version that instance '{id}' runs on is not here.");
        await session.Connection.ExecuteAsync(new(
            """
            insert into elsa.instances select * from json_populate_recordset(null::elsa.instances, @rows::json -> 'instances');
            insert into elsa.bookmarks select * from json_populate_recordset(null::elsa.bookmarks, @rows::json -> 'bookmarks') where instance_id = @id;
            insert into elsa.history select * from json_populate_recordset(null::elsa.history, @rows::json -> 'history') where instance_id = @id;
            insert into elsa.timers select * from json_populate_recordset(null::elsa.timers, @rows::json -> 'timers') where instance_id = @id;
            insert into elsa.calls select * from json_populate_recordset(null::elsa.calls, @rows::json -> 'calls') where instance_id = @id
            """,
            new { id, rows },
            cancellationToken: ct));
    }

    /// <summary>An instance of another server: only what has ended, because where it stands is told in terms of that server.</summary>
    private async Task TakeInAsync(string id, JsonObject state, CancellationToken ct)
    {
        if (state["status"]?.GetValue<string>() != nameof(WorkflowStatus.Finished))
            throw new JsonException($"Instance '{id}' has not ended, and its file does not say how it is continued here.");
        var row = await definitions.FindAsync(state["definitionVersionId"]?.GetValue<string>() ?? "", ct) ?? throw new JsonException($"The version that instance '{id}' ran on is not here.");
        var workflow = new WorkflowExecutionContext(services, graphs.GetOrCompile(row), id, time, ct)
        {
            CorrelationId = state["correlationId"]?.GetValue<string>(),
            Name = state["name"]?.GetValue<string>(),
            ParentWorkflowInstanceId = state["parentWorkflowInstanceId"]?.GetValue<string>(),
            SubStatus = Enum.Parse<WorkflowSubStatus>(state["subStatus"]!.GetValue<string>()),
            Output = Map(state["output"]),
            Properties = Map(state["properties"]),
            CreatedAt = Moment(state["createdAt"]),
            UpdatedAt = Moment(state["updatedAt"]),
            FinishedAt = Moment(state["finishedAt"] ?? state["updatedAt"]),
        };
        await instances.SaveAsync(workflow, null, ct);
    }

    private static Dictionary<string, object> Map(JsonNode? node) => node is null ? new(StringComparer.Ordinal) : JsonValues.ReadMap(JsonSerializer.SerializeToElement(node));

    private static DateTimeOffset Moment(JsonNode? node) => node?.GetValue<DateTimeOffset>() ?? throw new JsonException("The instance does not say when it ran.");

    private static JsonArray Records<T>(IEnumerable<T> items, Func<T, object> record) => new([.. items.Select(item => JsonSerializer.SerializeToNode(record(item), ApiJson.Options))]);

    private static object BookmarkRecord(Bookmark bookmark, WorkflowExecutionContext workflow) => new
    {
        id = bookmark.Id,
        activityTypeName = bookmark.Name,
        hash = bookmark.Hash,
        workflowInstanceId = workflow.Id,
        activityInstanceId = bookmark.ActivityInstanceId,
        correlationId = workflow.CorrelationId,
        payload = ApiJson.Node(StoredValues.PayloadJson(bookmark.Payload)),
        metadata = bookmark.Metadata,
        createdAt = bookmark.CreatedAt,
    };
}

/// <summary>The original's files mark lists and the records in them with numbers that other parts of a file may refer to.</summary>
internal static class StateReferences
{
    private static readonly string[] Lists = ["bookmarks", "incidents", "completionCallbacks", "activityExecutionContexts", "scheduledActivities", "dynamicVariables"];

    public static JsonObject Mark(JsonObject state)
    {
        var number = 0;
        return Mark(state, ref number);
    }

    private static JsonObject Mark(JsonObject source, ref int number)
    {
        var marked = new JsonObject { ["$id"] = $"{++number}" };
        foreach (var (name, value) in source.ToList())
        {
            source.Remove(name);
            if (value is not JsonArray items || !Lists.Contains(name, StringComparer.Ordinal))
            {
                marked[name] = value;
                continue;
            }

            var list = new JsonObject { ["$id"] = $"{++number}" };
            var values = new JsonArray();
            foreach (var item in items.ToList())
            {
                items.Remove(item);
                values.Add(item is JsonObject record ? Mark(record, ref number) : item);
            }

            list["$values"] = values;
            marked[name] = list;
        }

        return marked;
    }
}
