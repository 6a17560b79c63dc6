using System.Globalization;
using System.Text.Json;
using Elsa.Common.Models;
using Elsa.Execution;
using Elsa.Expressions.Helpers;
using Elsa.Persistence;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>Starts instances, and brings them events and finished tasks.</summary>
internal static class RunEndpoints
{
    private const int MostAtOnce = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/workflow-definitions/{definitionId}/execute", ["GET", "POST"], ExecuteAsync).Permit("exec:workflow-definitions");
        api.MapPost("/workflow-definitions/{definitionId}/dispatch", DispatchAsync).Permit("exec:workflow-definitions");
        api.MapPost("/workflow-definitions/{definitionId}/bulk-dispatch", BulkDispatchAsync).Permit("exec:workflow-definitions");
        api.MapPost("/events/{eventName}/trigger", TriggerAsync).Permit("trigger:event");
        api.MapPost("/tasks/{taskId}/complete", CompleteTaskAsync).Permit("tasks:complete");
    }

    /// <summary>Answers with the state; a fault is a 500 that carries it, a denied start a 200 that says so in a header.</summary>
    private static async Task<IResult> ExecuteAsync(string definitionId, HttpContext http, InstanceStarter starter, DefinitionStore definitions, InstanceStore instances, DatabaseSession session, CancellationToken ct)
    {
        if (await ReadAsync(definitionId, http.Request, definitions, ct) is not { } start)
            return Results.NotFound();
        if (start.Request.ActivityHandle is { } activity && (await definitions.FindGraphAsync(start.Handle, ct) is not { } graph || InstanceStarter.Find(graph, activity) is null))
            return ElsaApi.Invalid("activityHandle", "The definition has no such activity.");
        var workflow = await starter.TryStartAsync(start.Handle, start.Request, ct);
        http.Response.Headers["x-elsa-workflow-cannot-start"] = (workflow is null).ToString(CultureInfo.InvariantCulture);
        if (workflow is null)
            return Results.Ok();
        http.Response.Headers["x-elsa-workflow-instance-id"] = workflow.Id;
        // What the burst led to after its commit has happened by now: the answer shows where the instance stands, not where it stood.
        var current = await session.InTransactionAsync(token => instances.LoadAsync(workflow.Id, token), ct);
        return ElsaApi.Json(new { workflowState = StateView.Of(current?.Workflow ?? workflow) }, workflow.SubStatus == WorkflowSubStatus.Faulted ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
    }

    private static async Task<IResult> DispatchAsync(string definitionId, HttpRequest request, InstanceStarter starter, ChildStarter later, DatabaseSession session, DefinitionStore definitions, CancellationToken ct) =>
        await ReadAsync(definitionId, request, definitions, ct) is { } start
            ? ElsaApi.Json(new { workflowInstanceId = await StartLaterAsync(start, start.InstanceId, starter, later, session, ct) })
            : Results.NotFound();

    private static async Task<IResult> BulkDispatchAsync(string definitionId, HttpRequest request, InstanceStarter starter, ChildStarter later, DatabaseSession session, DefinitionStore definitions, CancellationToken ct)
    {
        if (await ReadAsync(definitionId, request, definitions, ct) is not { } start)
            return Results.NotFound();
        if (start.Count is < 1 or > MostAtOnce)
            return ElsaApi.Invalid("count", $"Between 1 and {MostAtOnce}.");
        var ids = new List<string>();
        for (var i = 0; i < start.Count; i++)
            ids.Add(await StartLaterAsync(start, null, starter, later, session, ct));
        return ElsaApi.Json(new { workflowInstanceIds = ids });
    }

    private static async Task<string> StartLaterAsync(Start start, string? instanceId, InstanceStarter starter, ChildStarter later, DatabaseSession session, CancellationToken ct)
    {
        var id = instanceId ?? Identity.New();
        try
        {
            await session.InTransactionAsync(async token =>
            {
                if (await starter.TryStartAsync(start.Handle, start.Request, token, id, run: false) is not null)
                    await later.RunLaterAsync(id, token);
            }, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && instanceId is not null)
        {
            throw new ApiInputException("instanceId", $"There is an instance '{instanceId}' already.");
        }

        return id;
    }

    private static async Task<IResult> TriggerAsync(string eventName, HttpRequest request, IEventPublisher events, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var payload = ApiJson.Member(body, "input") is { ValueKind: not JsonValueKind.Null } input ? JsonValues.Read(input) : null;
        await events.PublishAsync(eventName, ApiJson.Text(body, "correlationId"), ApiJson.Text(body, "workflowInstanceId"), ApiJson.Text(body, "activityInstanceId"), payload, cancellationToken: ct);
        return Results.Ok();
    }

    private static async Task<IResult> CompleteTaskAsync(string taskId, HttpRequest request, ITaskReporter tasks, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        await tasks.ReportCompletionAsync(taskId, ApiJson.Member(body, "result") is { } result ? JsonValues.Read(result) : null, ct);
        return Results.Ok();
    }

    private static async Task<Start?> ReadAsync(string definitionId, HttpRequest request, DefinitionStore definitions, CancellationToken ct)
    {
        var body = HttpMethods.IsGet(request.Method) ? FromQuery(request.Query) : await ApiJson.BodyAsync(request);
        if (await definitions.FindAsync(definitionId, ApiJson.Version(body) ?? VersionOptions.Published, ct) is not { } row)
            return null;
        return new Start(WorkflowDefinitionHandle.ByDefinitionVersionId(row.Id), new CreateAndRunWorkflowInstanceRequest
        {
            CorrelationId = ApiJson.Text(body, "correlationId"),
            TriggerActivityId = ApiJson.Text(body, "triggerActivityId"),
            Name = ApiJson.Text(body, "name"),
            Input = Values(body, "input") is { } input ? JsonValues.ReadMap(input) : null,
            Variables = Values(body, "variables") is { } variables ? JsonValues.ReadMap(variables) : null,
            ActivityHandle = Values(body, "activityHandle") is { } handle ? new() { ActivityId = ApiJson.Text(handle, "activityId"), ActivityNodeId = ApiJson.Text(handle, "activityNodeId") } : null,
        }, ApiJson.Text(body, "instanceId"), ApiJson.Number(body, "count") ?? 1);
    }

    /// <summary>As a body would say it. Objects are JSON in the query too.</summary>
    private static JsonElement FromQuery(IQueryCollection query) => JsonSerializer.SerializeToElement(query.ToDictionary(
        pair => pair.Key,
        object? (pair) => pair.Key.ToUpperInvariant() is "INPUT" or "VARIABLES" or "ACTIVITYHANDLE" && pair.Value.ToString() is { Length: > 0 } json ? JsonDocument.Parse(json).RootElement : pair.Value.ToString(),
        StringComparer.OrdinalIgnoreCase));

    private static JsonElement? Values(JsonElement body, string name) => ApiJson.Member(body, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Object } values => values,
        _ => throw new ApiInputException(name, "An object is expected here."),
    };

    private sealed record Start(WorkflowDefinitionHandle Handle, CreateAndRunWorkflowInstanceRequest Request, string? InstanceId, int Count);
}
