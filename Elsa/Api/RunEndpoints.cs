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
            ? ElsaApi.Json(new { workflowInstanceId = await StartLaterAsync(start, starter, later, session, ct) })
            : Results.NotFound();

    private static async Task<IResult> BulkDispatchAsync(string definitionId, HttpRequest request, InstanceStarter starter, ChildStarter later, DatabaseSession session, DefinitionStore definitions, CancellationToken ct)
    {
        if (await ReadAsync(definitionId, request, definitions, ct) is not { } start)
            return Results.NotFound();
        if (start.Count is < 1 or > MostAtOnce)
            return ElsaApi.Invalid("count", $"Between 1 and {MostAtOnce}.");
        var ids = new List<string>();
        for (var i = 0; i < start.Count; i++)
            ids.Add(await StartLaterAsync(start, starter, later, session, ct));
        return ElsaApi.Json(new { workflowInstanceIds = ids });
    }

    private static async Task<string> StartLaterAsync(Start start, InstanceStarter starter, ChildStarter later, DatabaseSession session, CancellationToken ct)
    {
        var id = Identity.New();
        await session.InTransactionAsync(async token =>
        {
            if (await starter.TryStartAsync(start.Handle, start.Request, token, id, run: false) is not null)
                await later.RunLaterAsync(id, token);
        }, ct);
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
        var query = request.Query;
        var isGet = HttpMethods.IsGet(request.Method);
        var body = isGet ? default : await ApiJson.BodyAsync(request);
        var options = (isGet ? ApiJson.Version(query["versionOptions"]) : ApiJson.Version(body)) ?? VersionOptions.Published;
        if (await definitions.FindAsync(definitionId, options, ct) is not { } row)
            return null;
        var input = isGet ? query["input"].ToString() is { Length: > 0 } text ? JsonDocument.Parse(text).RootElement : null : ApiJson.Member(body, "input");
        return new Start(WorkflowDefinitionHandle.ByDefinitionVersionId(row.Id), new CreateAndRunWorkflowInstanceRequest
        {
            CorrelationId = isGet ? query["correlationId"].ToString() is { Length: > 0 } correlation ? correlation : null : ApiJson.Text(body, "correlationId"),
            TriggerActivityId = isGet ? query["triggerActivityId"].ToString() is { Length: > 0 } trigger ? trigger : null : ApiJson.Text(body, "triggerActivityId"),
            Name = ApiJson.Text(body, "name"),
            Input = input is { ValueKind: JsonValueKind.Object } members ? JsonValues.ReadMap(members) : null,
        }, ApiJson.Number(body, "count") ?? 1);
    }

    private sealed record Start(WorkflowDefinitionHandle Handle, CreateAndRunWorkflowInstanceRequest Request, int Count);
}
