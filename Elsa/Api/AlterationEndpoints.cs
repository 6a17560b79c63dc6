using Dapper;
using Elsa.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>Puts instances right: runs failed activities again.</summary>
internal static class AlterationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/alterations/workflows/retry", RetryAsync).Permit("run:alterations");
        api.MapPost("/alterations/dry-run", DryRunAsync).Permit("run:alterations");
    }

    private static async Task<IResult> RetryAsync(HttpRequest request, IncidentRecovery recovery, TimeProvider time, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var activities = ApiJson.Texts(body, "activityIds");
        var results = new List<object>();
        foreach (var id in ApiJson.Texts(body, "workflowInstanceIds"))
        {
            var retried = await recovery.RetryAllAsync(id, activities, ct);
            results.Add(new
            {
                workflowInstanceId = id,
                log = new { logEntries = new[] { new { message = "ScheduleActivity succeeded", logLevel = "Information", timestamp = time.GetUtcNow(), eventName = "Alteration ScheduleActivity succeeded" } } },
                workflowHasScheduledWork = retried > 0,
                isSuccessful = true,
            });
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
