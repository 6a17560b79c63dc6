using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Definitions;
using Elsa.Execution;
using Elsa.Persistence;

namespace Elsa.Api;

/// <summary>One execution of an activity as it is stored.</summary>
internal sealed record ExecutionRow
{
    public const string Columns =
        """
        id, instance_id as "InstanceId", parent_id as "ParentId", activity_id as "ActivityId", node_id as "NodeId", activity_type as "ActivityType", activity_type_version as "ActivityTypeVersion",
        activity_name as "ActivityName", status, has_bookmarks as "HasBookmarks", fault_count as "FaultCount", state::text as "State", outputs::text as "Outputs", payload::text as "Payload",
        exception::text as "Exception", scheduling_execution_id as "SchedulingExecutionId", scheduling_activity_id as "SchedulingActivityId", call_stack_depth as "CallStackDepth",
        started_at as "StartedAt", completed_at as "CompletedAt"
        """;

    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    public string? ParentId { get; init; }

    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    public required string ActivityType { get; init; }

    public int ActivityTypeVersion { get; init; }

    public string? ActivityName { get; init; }

    public required string Status { get; init; }

    public bool HasBookmarks { get; init; }

    public int FaultCount { get; init; }

    public string? State { get; init; }

    public string? Outputs { get; init; }

    public string? Payload { get; init; }

    public string? Exception { get; init; }

    public string? SchedulingExecutionId { get; init; }

    public string? SchedulingActivityId { get; init; }

    public int CallStackDepth { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    /// <summary>
    /// As the original answers it, with the mark of its serializer. Studio's viewer goes by it: without a property it takes an execution
    /// for one that is not all there yet, and asks again each second.
    /// </summary>
    internal static object NoValues { get; } = new { _type = "ObjectMap" };

    public object Summary() => View(null);

    /// <param name="registry">Knows which outputs the activity declares: what it has not yielded is null.</param>
    public object Full(ActivityRegistry registry) => View(registry);

    private JsonNode? AllOutputs(ActivityRegistry registry)
    {
        var yielded = ApiJson.Node(Outputs) as JsonObject;
        if (registry.Find(ActivityType)?.Outputs is not { Count: > 0 } declared)
            return yielded;
        yielded ??= [];
        foreach (var output in declared.Where(output => !yielded.ContainsKey(output.Name)))
            yielded[output.Name] = null;
        return yielded;
    }

    private object View(ActivityRegistry? registry)
    {
        var isFull = registry is not null;
        return new
        {
            workflowInstanceId = InstanceId,
            activityId = ActivityId,
            activityNodeId = NodeId,
            activityType = ActivityType,
            activityTypeVersion = ActivityTypeVersion,
            activityName = ActivityName,
            activityState = isFull ? ApiJson.Node(State) : null,
            outputs = isFull ? AllOutputs(registry!) : null,
            payload = isFull ? ApiJson.Node(Payload) : null,
            properties = isFull ? NoValues : null,
            metadata = NoValues,
            exception = isFull && Exception is not null ? StateView.Exception(ExceptionJson.Read(JsonDocument.Parse(Exception).RootElement)) : null,
            startedAt = new DateTimeOffset(StartedAt),
            hasBookmarks = HasBookmarks,
            status = Status,
            aggregateFaultCount = FaultCount,
            completedAt = CompletedAt is { } at ? new DateTimeOffset(at) : (DateTimeOffset?)null,
            schedulingActivityExecutionId = isFull ? SchedulingExecutionId : null,
            schedulingWorkflowInstanceId = isFull ? Identity.OtherInstanceOf(SchedulingExecutionId, InstanceId) : null,
            schedulingActivityId = isFull ? SchedulingActivityId : null,
            callStackDepth = isFull ? CallStackDepth : (int?)null,
            id = Id,
        };
    }
}
