using System.Text.Json.Nodes;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.State;

namespace Elsa.Api;

/// <summary>An instance's state as the designer's viewer reads it.</summary>
internal static class StateView
{
    public static JsonObject Of(WorkflowExecutionContext workflow)
    {
        var identity = workflow.Workflow.Identity;
        var view = new JsonObject
        {
            ["id"] = workflow.Id,
            ["definitionId"] = identity.DefinitionId,
            ["definitionVersionId"] = identity.Id,
            ["definitionVersion"] = identity.Version,
        };
        Put(view, "parentWorkflowInstanceId", workflow.ParentWorkflowInstanceId);
        Put(view, "correlationId", workflow.CorrelationId);
        Put(view, "name", workflow.Name);
        view["status"] = workflow.Status.ToString();
        view["subStatus"] = workflow.SubStatus.ToString();
        view["isExecuting"] = false;
        view["bookmarks"] = new JsonArray([.. workflow.Bookmarks.Select(Bookmark)]);
        view["incidents"] = new JsonArray([.. workflow.Incidents.Select(Incident)]);
        view["isSystem"] = workflow.Workflow.IsSystem;
        view["completionCallbacks"] = new JsonArray([.. workflow.ActivityExecutionContexts.Where(context => context.CompletionCallback is not null).Select(Callback)]);
        view["activityExecutionContexts"] = new JsonArray([.. Executions(workflow).Select(Execution)]);
        view["scheduledActivities"] = new JsonArray();
        view["executionLogSequence"] = workflow.Journal.Offset + workflow.Journal.Entries.Count;
        view["input"] = Map(workflow.StartInput);
        view["output"] = Map(workflow.Output);
        view["properties"] = Map(workflow.Properties);
        view["createdAt"] = workflow.CreatedAt;
        view["updatedAt"] = workflow.UpdatedAt;
        if (workflow.FinishedAt is { } finished)
            view["finishedAt"] = finished;
        return view;
    }

    /// <summary>Those that are not complete, and the workflow's own, which holds its variables.</summary>
    private static IEnumerable<ActivityExecutionContext> Executions(WorkflowExecutionContext workflow) =>
        workflow.RootContext is { IsCompleted: true } root ? workflow.ActivityExecutionContexts.Prepend(root) : workflow.ActivityExecutionContexts;

    public static JsonObject? Exception(ExceptionState? exception)
    {
        if (exception is null)
            return null;
        var view = new JsonObject { ["type"] = exception.TypeName[(exception.TypeName.LastIndexOf('.') + 1)..], ["message"] = exception.Message };
        Put(view, "stackTrace", exception.StackTrace);
        if (Exception(exception.InnerException) is { } inner)
            view["innerException"] = inner;
        return view;
    }

    private static JsonObject Bookmark(Bookmark bookmark)
    {
        var view = new JsonObject { ["id"] = bookmark.Id, ["name"] = bookmark.Name, ["hash"] = bookmark.Hash };
        if (bookmark.Payload is not null)
            view["payload"] = ApiJson.Node(StoredValues.ToJson(bookmark.Payload, isPlain: true));
        view["activityId"] = bookmark.ActivityId;
        view["activityNodeId"] = bookmark.ActivityNodeId;
        view["activityInstanceId"] = bookmark.ActivityInstanceId;
        view["createdAt"] = bookmark.CreatedAt;
        view["autoBurn"] = bookmark.AutoBurn;
        Put(view, "callbackMethodName", bookmark.CallbackMethodName);
        view["autoComplete"] = bookmark.AutoComplete;
        return view;
    }

    private static JsonObject Callback(ActivityExecutionContext context) => new()
    {
        ["ownerInstanceId"] = context.ParentActivityExecutionContext?.Id,
        ["childNodeId"] = context.NodeId,
        ["methodName"] = context.CompletionCallback!.Method.Name,
    };

    private static JsonObject Incident(ActivityIncident incident)
    {
        var view = new JsonObject
        {
            ["activityId"] = incident.ActivityId,
            ["activityNodeId"] = incident.ActivityNodeId,
            ["activityInstanceId"] = incident.ActivityInstanceId,
            ["activityType"] = incident.ActivityType,
            ["message"] = incident.Message,
        };
        if (Exception(incident.Exception) is { } exception)
            view["exception"] = exception;
        view["timestamp"] = incident.Timestamp;
        return view;
    }

    private static JsonObject Execution(ActivityExecutionContext context)
    {
        var view = new JsonObject { ["id"] = context.Id, ["callStackDepth"] = context.CallStackDepth };
        Put(view, "parentContextId", context.ParentActivityExecutionContext?.Id);
        view["scheduledActivityNodeId"] = context.NodeId;
        Put(view, "ownerActivityNodeId", context.ParentActivityExecutionContext?.NodeId);
        view["properties"] = Properties(context);
        view["metadata"] = Map(context.StoredMetadata ?? new Dictionary<string, object>(StringComparer.Ordinal));
        view["activityState"] = Map((IEnumerable<KeyValuePair<string, object>>)context.ActivityState);
        view["dynamicVariables"] = new JsonArray();
        view["status"] = context.Status.ToString();
        view["isExecuting"] = false;
        view["faultCount"] = context.AggregateFaultCount;
        view["startedAt"] = context.StartedAt;
        if ((context.CompletedAt ?? (context.IsCompleted ? context.WorkflowExecutionContext.FinishedAt : null)) is { } completed)
            view["completedAt"] = completed;
        return view;
    }

    /// <summary>The counters of a flowchart are its own affair; the variables that are kept are shown.</summary>
    private static JsonObject Properties(ActivityExecutionContext context)
    {
        var properties = Map(context.StoredProperties?.Where(property => property.Key is not ("FlowScope" or "Start")) ?? []);
        var kept = context.Variables
            .Where(variable => variable.StorageDriverType is { } driver && driver != typeof(MemoryStorageDriver) && context.ExpressionExecutionContext.Memory.HasBlock(variable.Id))
            .Select(variable => KeyValuePair.Create(variable.Id, variable.Get(context.ExpressionExecutionContext)!)).Where(pair => pair.Value is not null).ToList();
        if (kept.Count > 0)
            properties["Variables"] = Map(kept);
        return properties;
    }

    private static JsonObject Map(IEnumerable<KeyValuePair<string, object>> values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Key, ApiJson.Node(StoredValues.ToJson(pair.Value, isPlain: true)))));

    private static void Put(JsonObject view, string name, string? value)
    {
        if (value is not null)
            view[name] = value;
    }
}
