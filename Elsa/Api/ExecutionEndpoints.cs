using Dapper;
using Elsa.Definitions;
using Elsa.Execution;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>What the activities of an instance did.</summary>
internal static class ExecutionEndpoints
{
    private const string Read = "read:activity-execution";
    private const int LongestChain = 1000;

    /// <summary>An id names its instance; one that does not is from before ids did, and is looked for everywhere.</summary>
    private const string OfInstance = "(@instanceId::text is null or instance_id = @instanceId)";

    private const string Where =
        "where instance_id = @instanceId and (@nodeId::text is null or node_id = @nodeId) and (@activityId::text is null or activity_id = @activityId) and (@completed::boolean is null or (completed_at is not null) = @completed)";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/activity-executions/list", (string workflowInstanceId, string? activityNodeId, string? activityId, bool? completed, NpgsqlConnection connection, ActivityRegistry registry, CancellationToken ct) =>
            ListAsync(workflowInstanceId, activityNodeId, activityId, completed, row => row.Full(registry), connection, ct)).Permit(Read);
        api.MapGet("/activity-execution-summaries/list", (string workflowInstanceId, string? activityNodeId, string? activityId, bool? completed, NpgsqlConnection connection, CancellationToken ct) =>
            ListAsync(workflowInstanceId, activityNodeId, activityId, completed, row => row.Summary(), connection, ct)).Permit(Read);
        api.MapGet("/activity-executions/count", async (string workflowInstanceId, string? activityNodeId, string? activityId, bool? completed, NpgsqlConnection connection, CancellationToken ct) =>
            ElsaApi.Json(new { count = await connection.ExecuteScalarAsync<int>(new($"select count(*) from elsa.executions {Where}", new { instanceId = workflowInstanceId, nodeId = activityNodeId, activityId, completed }, cancellationToken: ct)) })).Permit(Read);
        api.MapGet("/activity-executions/by-id", (string id, NpgsqlConnection connection, ActivityRegistry registry, CancellationToken ct) => GetAsync(id, connection, registry, ct)).Permit(Read);
        api.MapGet("/activity-executions/{id}", GetAsync).Permit(Read);
        api.MapGet("/activity-executions/{id}/call-stack", CallStackAsync).Permit(Read);
        api.MapPost("/activity-executions/report", ReportAsync).Permit(Read);
    }

    private static async Task<IResult> ListAsync(string instanceId, string? nodeId, string? activityId, bool? completed, Func<ExecutionRow, object> view, NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<ExecutionRow>(new(
            $"select {ExecutionRow.Columns} from elsa.executions {Where} order by number",
            new { instanceId, nodeId, activityId, completed },
            cancellationToken: ct));
        var items = rows.Select(view).ToList();
        return ElsaApi.Json(new { items, count = items.Count });
    }

    private static async Task<IResult> GetAsync(string id, NpgsqlConnection connection, ActivityRegistry registry, CancellationToken ct) =>
        await connection.QuerySingleOrDefaultAsync<ExecutionRow>(new($"select {ExecutionRow.Columns} from elsa.executions where {OfInstance} and id = @id", new { id, instanceId = Identity.InstanceOf(id) }, cancellationToken: ct)) is { } row ? ElsaApi.Json(row.Full(registry)) : Results.NotFound();

    /// <summary>The executions that led to this one, from the outermost workflow down; those of other instances unless they are not wanted.</summary>
    private static async Task<IResult> CallStackAsync(string id, bool? includeCrossWorkflowChain, int? skip, int? take, NpgsqlConnection connection, ActivityRegistry registry, CancellationToken ct)
    {
        var rows = await ChainAsync(id, connection, ct);
        while (includeCrossWorkflowChain != false && rows.Count is > 0 and < LongestChain && rows[0].SchedulingExecutionId is { } by && await ChainAsync(by, connection, ct) is { Count: > 0 } outer)
            rows.InsertRange(0, outer);
        return rows.Count == 0
            ? Results.NotFound()
            : ElsaApi.Json(new { activityExecutionId = id, items = rows.Skip(skip ?? 0).Take(take ?? int.MaxValue).Select(row => row.Full(registry)), totalCount = rows.Count });
    }

    private static async Task<List<ExecutionRow>> ChainAsync(string id, NpgsqlConnection connection, CancellationToken ct) =>
        (await connection.QueryAsync<ExecutionRow>(new(
            $"""
            with recursive own as materialized (
                select * from elsa.executions where {OfInstance}),
            chain as (
                select own.*, 0 as step from own where id = @id
                union all
                select own.*, chain.step + 1 from own join chain on own.id = chain.scheduling_execution_id where chain.step < {LongestChain})
            select {ExecutionRow.Columns} from chain order by step desc
            """,
            new { id, instanceId = Identity.InstanceOf(id) },
            cancellationToken: ct))).AsList();

    private static async Task<IResult> ReportAsync(HttpRequest request, NpgsqlConnection connection, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        return ElsaApi.Json(new { stats = await ExecutionStats.OfAsync(connection, ApiJson.Text(body, "workflowInstanceId") ?? "", ApiJson.Texts(body, "activityNodeIds"), ct) });
    }
}
