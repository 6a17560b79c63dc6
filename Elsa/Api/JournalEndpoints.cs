using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>An instance's history.</summary>
internal static class JournalEndpoints
{
    private const string Select =
        """
        select j.sequence as "Sequence", j.execution_id as "ExecutionId", e.parent_id as "ParentId", e.activity_id as "ActivityId", e.activity_type as "ActivityType", e.activity_type_version as "ActivityTypeVersion",
               e.activity_name as "ActivityName", e.node_id as "NodeId", j.at as "At", j.event as "Event", j.message as "Message", j.source as "Source", j.payload::text as "Payload",
               i.definition_id as "DefinitionId", i.version_id as "VersionId", i.version as "Version"
        from (select * from elsa.journal where instance_id = @id) j join (select * from elsa.executions where instance_id = @id) e on e.id = j.execution_id join elsa.instances i on i.id = j.instance_id
        """;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/workflow-instances/{id}/journal", ["GET", "POST"], ListAsync).Permit("read:workflow-instances");
        api.MapGet("/workflow-instances/{id}/journal/{activityId}", LastAsync).Permit("read:workflow-instances");
    }

    private static async Task<IResult> ListAsync(string id, int? skip, int? take, int? page, int? pageSize, HttpRequest request, NpgsqlConnection connection, CancellationToken ct)
    {
        var filter = HttpMethods.IsPost(request.Method) && ApiJson.Member(await ApiJson.BodyAsync(request), "filter") is { ValueKind: JsonValueKind.Object } given ? given : default;
        const string where =
            """
            where (@activityIds::text[] is null or e.activity_id = any(@activityIds)) and (@nodeIds::text[] is null or e.node_id = any(@nodeIds))
              and (@excluded::text[] is null or e.activity_type <> all(@excluded)) and (@events::text[] is null or j.event = any(@events))
            """;
        var parameters = new
        {
            id,
            activityIds = Given(filter, "activityIds"),
            nodeIds = Given(filter, "activityNodeIds"),
            excluded = Given(filter, "excludedActivityTypes"),
            events = Given(filter, "eventNames"),
            offset = ApiJson.NotNegative("skip", skip) ?? ApiJson.Offset(page, pageSize),
            limit = ApiJson.NotNegative("take", take) ?? ApiJson.NotNegative("pageSize", pageSize),
        };
        var total = await connection.ExecuteScalarAsync<int>(new($"select count(*) from ({Select} {where}) as entries", parameters, cancellationToken: ct));
        var rows = await connection.QueryAsync<Entry>(new($"{Select} {where} order by j.sequence offset @offset limit @limit", parameters, cancellationToken: ct));
        return ElsaApi.Json(new { items = rows.Select(row => View(row, id)), totalCount = total });
    }

    private static async Task<IResult> LastAsync(string id, string activityId, NpgsqlConnection connection, CancellationToken ct)
    {
        var row = await connection.QueryFirstOrDefaultAsync<Entry>(new($"{Select} where e.activity_id = @activityId order by j.sequence desc limit 1", new { id, activityId }, cancellationToken: ct));
        return row is null ? Results.NotFound() : ElsaApi.Json(Record(row, id));
    }

    public static async Task<IEnumerable<object>> RecordsAsync(string id, NpgsqlConnection connection, CancellationToken ct) =>
        (await connection.QueryAsync<Entry>(new($"{Select} order by j.sequence", new { id }, cancellationToken: ct))).Select(entry => Record(entry, id));

    /// <summary>An entry by itself says of which instance it is.</summary>
    private static JsonObject Record(Entry entry, string instanceId)
    {
        var record = View(entry, instanceId);
        record.Remove("nodeId");
        record["activityNodeId"] = entry.NodeId;
        record["workflowInstanceId"] = instanceId;
        record["workflowDefinitionId"] = entry.DefinitionId;
        record["workflowDefinitionVersionId"] = entry.VersionId;
        record["workflowVersion"] = entry.Version;
        return record;
    }

    private static string IdOf(Entry entry, string instanceId) => (instanceId.GetHashCode(StringComparison.Ordinal) ^ entry.Sequence).ToString("x16", CultureInfo.InvariantCulture);

    private static string[]? Given(JsonElement filter, string name) => ApiJson.Texts(filter, name) is { Length: > 0 } values ? values : null;

    private static JsonObject View(Entry entry, string instanceId) => JsonSerializer.SerializeToNode(new
    {
        id = IdOf(entry, instanceId),
        activityInstanceId = entry.ExecutionId,
        parentActivityInstanceId = entry.ParentId,
        activityId = entry.ActivityId,
        activityType = entry.ActivityType,
        activityTypeVersion = entry.ActivityTypeVersion,
        activityName = entry.ActivityName,
        nodeId = entry.NodeId,
        timestamp = new DateTimeOffset(entry.At),
        sequence = entry.Sequence,
        eventName = entry.Event,
        message = entry.Message,
        source = entry.Source,
        payload = entry.Payload is null ? null : JsonNode.Parse(entry.Payload, documentOptions: Persistence.StoredValues.Deep),
    }, ApiJson.Options)!.AsObject();

    private sealed record Entry
    {
        public required string DefinitionId { get; init; }

        public required string VersionId { get; init; }

        public int Version { get; init; }

        public long Sequence { get; init; }

        public required string ExecutionId { get; init; }

        public string? ParentId { get; init; }

        public required string ActivityId { get; init; }

        public required string ActivityType { get; init; }

        public int ActivityTypeVersion { get; init; }

        public string? ActivityName { get; init; }

        public required string NodeId { get; init; }

        public DateTime At { get; init; }

        public required string Event { get; init; }

        public string? Message { get; init; }

        public string? Source { get; init; }

        public string? Payload { get; init; }
    }
}
