using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Elsa.Expressions.Helpers;
using Elsa.Extensions;
using Elsa.Persistence;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>Instances: list, show, change variables, cancel, delete.</summary>
internal static class InstanceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/workflow-instances", ["GET", "POST"], async (HttpRequest request, NpgsqlConnection connection, CancellationToken ct) =>
            await InstanceQuery.RunAsync(await InstanceQuery.ReadAsync(request), connection, ct)).Permit("read:workflow-instances");
        api.MapGet("/workflow-instances/{id}", GetAsync).Permit("read:workflow-instances");
        api.MapGet("/workflow-instances/{id}/execution-state", ExecutionStateAsync).Permit("read:workflow-instances");
        api.MapGet("/workflow-instances/{id}/variables", VariablesAsync).Permit("read:workflow-instances");
        api.MapPost("/workflow-instances/{id}/variables", SetVariablesAsync).Permit("write:workflow-instances");
        api.MapDelete("/workflow-instances/{id}", async (string id, IWorkflowRuntime runtime, CancellationToken ct) =>
            await (await runtime.CreateClientAsync(id, ct)).DeleteAsync(ct) ? Results.NoContent() : Results.NotFound()).Permit("delete:workflow-instances");
        api.MapPost("/cancel/workflow-instances/{id}", async (string id, IWorkflowRuntime runtime, CancellationToken ct) =>
        {
            await (await runtime.CreateClientAsync(id, ct)).CancelAsync(ct);
            return Results.Ok();
        }).Permit("cancel:workflow-instances");
    }

    private static async Task<IResult> GetAsync(string id, DatabaseSession session, InstanceStore instances, CancellationToken ct) =>
        await session.InTransactionAsync(token => instances.LoadAsync(id, token), ct) is { } loaded ? ElsaApi.Json(View(loaded.Workflow)) : Results.NotFound();

    internal static JsonObject View(WorkflowExecutionContext workflow)
    {
        var state = StateView.Of(workflow);
        var view = new JsonObject { ["id"] = workflow.Id, ["definitionId"] = workflow.Workflow.Identity.DefinitionId, ["definitionVersionId"] = workflow.Workflow.Identity.Id, ["version"] = workflow.Workflow.Identity.Version, ["workflowState"] = state };
        foreach (var name in (string[])["status", "subStatus", "isExecuting", "correlationId", "name"])
        {
            if (state[name] is { } value)
                view[name] = value.DeepClone();
        }

        view["incidentCount"] = workflow.Incidents.Count;
        foreach (var name in (string[])["parentWorkflowInstanceId", "isSystem", "createdAt", "updatedAt", "finishedAt"])
        {
            if (state[name] is { } value)
                view[name] = value.DeepClone();
        }

        return view;
    }

    private static async Task<IResult> ExecutionStateAsync(string id, NpgsqlConnection connection, CancellationToken ct)
    {
        var row = await connection.QuerySingleOrDefaultAsync<(string Status, string SubStatus, DateTime UpdatedAt)?>(new("select status, sub_status, updated_at from elsa.instances where id = @id", new { id }, cancellationToken: ct));
        return row is { } found ? ElsaApi.Json(new { status = found.Status, subStatus = found.SubStatus, updatedAt = new DateTimeOffset(found.UpdatedAt) }) : Results.NotFound();
    }

    private static async Task<IResult> VariablesAsync(string id, DatabaseSession session, InstanceStore instances, CancellationToken ct) =>
        Variables((await session.InTransactionAsync(token => instances.LoadAsync(id, token), ct))?.Workflow);

    /// <summary>Changes take the instance's lock: never in the middle of a burst.</summary>
    private static async Task<IResult> SetVariablesAsync(string id, HttpRequest request, InstanceRunner runner, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var changes = ApiJson.Member(body, "variables") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [];
        var workflow = await runner.OnInstanceAsync(id, null, found => () =>
        {
            foreach (var change in changes)
            {
                if (found.Variables.FirstOrDefault(variable => variable.Id == ApiJson.Text(change, "id")) is { } variable && found.RootContext is { } root)
                    variable.Set(root, ApiJson.Member(change, "value") is { } value ? JsonValues.Read(value) : null);
            }

            return Task.CompletedTask;
        }, ct);
        return Variables(workflow);
    }

    private static IResult Variables(WorkflowExecutionContext? workflow)
    {
        var items = new JsonArray();
        foreach (var variable in workflow?.Variables ?? [])
        {
            var item = new JsonObject { ["id"] = variable.Id, ["name"] = variable.Name };
            if (workflow!.RootContext?.TryGet(variable, out var value) == true && value is not null)
                item["value"] = ApiJson.Node(StoredValues.ToJson(value, isPlain: true));
            items.Add(item);
        }

        return ElsaApi.Json(new { items, count = items.Count });
    }
}
