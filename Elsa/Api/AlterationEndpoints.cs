using System.Text.Json;
using Dapper;
using Elsa.Runtime;
using Elsa.Workflows.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>Puts instances right: runs failed activities again, and cancels.</summary>
internal static class AlterationEndpoints
{
    private const string Cancel = "Cancel";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/alterations/workflows/retry", RetryAsync).Permit("run:alterations");
        api.MapPost("/alterations/dry-run", DryRunAsync).Permit("run:alterations");
        api.MapPost("/alterations/run", RunAsync).Permit("run:alterations");
    }

    /// <summary>Of the original's alterations: <c>Cancel</c>.</summary>
    private static async Task<IResult> RunAsync(HttpRequest request, IWorkflowRuntime runtime, TimeProvider time, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var kinds = ApiJson.Member(body, "alterations") is { ValueKind: JsonValueKind.Array } given ? given.EnumerateArray().Select(alteration => ApiJson.Text(alteration, "type") ?? "").ToList() : [];
        if (kinds.Find(kind => kind != Cancel) is { } other)
            return ElsaApi.Invalid("alterations", $"There is no alteration '{other}' here.");
        var results = new List<object>();
        foreach (var id in ApiJson.Texts(body, "workflowInstanceIds"))
        {
            if (kinds.Count > 0)
                await (await runtime.CreateClientAsync(id, ct)).CancelAsync(ct);
            results.Add(Result(id, kinds, false, time));
        }

        return ElsaApi.Json(new { results });
    }

    private static object Result(string instanceId, IEnumerable<string> kinds, bool hasScheduled, TimeProvider time) => new
    {
        workflowInstanceId = instanceId,
        log = new { logEntries = kinds.Select(kind => new { message = $"{kind} succeeded", logLevel = "Information", timestamp = time.GetUtcNow(), eventName = $"Alteration {kind} succeeded" }) },
        workflowHasScheduledWork = hasScheduled,
        isSuccessful = true,
    };

    private static async Task<IResult> RetryAsync(HttpRequest request, IncidentRecovery recovery, TimeProvider time, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var activities = ApiJson.Texts(body, "activityIds");
        var results = new List<object>();
        foreach (var id in ApiJson.Texts(body, "workflowInstanceIds"))
        {
            var retried = await recovery.RetryAllAsync(id, activities, ct);
            results.Add(Result(id, ["ScheduleActivity"], retried > 0, time));
        }

        return ElsaApi.Json(new { results });
    }

    private static async Task<IResult> DryRunAsync(HttpRequest request, NpgsqlConnection connection, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var ids = await connection.QueryAsync<string>(new(
            "select id from elsa.instances where (cardinality(@ids) = 0 or id = any(@ids)) and (cardinality(@definitions) = 0 or definition_id = any(@definitions)) and cardinality(@ids) + cardinality(@definitions) > 0 order by created_at",
            new { ids = ApiJson.Texts(body, "workflowInstanceIds"), definitions = ApiJson.Texts(body, "definitionIds") },
            cancellationToken: ct));
        return ElsaApi.Json(new { workflowInstanceIds = ids });
    }
}
