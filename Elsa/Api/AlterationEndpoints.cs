using System.Text.Json;
using Dapper;
using Elsa.Execution;
using Elsa.Runtime;
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
        api.MapPost("/alterations/submit", SubmitAsync).Permit("run:alterations");
    }

    private static async Task<IResult> RunAsync(HttpRequest request, NpgsqlConnection connection, InstanceCancellation cancellation, TimeProvider time, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var kinds = ReadKinds(body);
        var ids = ApiJson.Texts(body, "workflowInstanceIds");
        var known = (await connection.QueryAsync<string>(new("select id from elsa.instances where id = any(@ids)", new { ids }, cancellationToken: ct))).ToHashSet(StringComparer.Ordinal);
        var results = new List<object>();
        foreach (var id in ids)
        {
            var failure = !known.Contains(id) ? $"Workflow instance with ID '{id}' not found." : kinds.Count > 0 ? await cancellation.TryAsync(id, ct) : null;
            results.Add(failure is null ? Result(id, kinds, false, time) : Failed(id, failure, time));
        }

        return ElsaApi.Json(new { results });
    }

    /// <summary>Answers when the plan is carried out, each instance for itself, and keeps nothing of it. A caller who does not wait for the answer does not stop it half-way.</summary>
    private static async Task<IResult> SubmitAsync(HttpRequest request, NpgsqlConnection connection, InstanceCancellation cancellation, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var kinds = ReadKinds(body);
        var filter = InstanceFilter.OfAlteration(ApiJson.Member(body, "filter") is { ValueKind: not JsonValueKind.Null } given ? given : JsonSerializer.SerializeToElement(new { }));
        if (kinds.Count > 0)
            await cancellation.CancelAsync(await FindAsync(filter, "status = 'Running'", connection, ct), CancellationToken.None);
        return ElsaApi.Json(new { planId = ApiJson.Text(body, "id") ?? Identity.New() });
    }

    /// <summary>Of the original's alterations there is <c>Cancel</c>.</summary>
    private static List<string> ReadKinds(JsonElement body)
    {
        if (ApiJson.Member(body, "alterations") is not { ValueKind: JsonValueKind.Array } given)
            throw new ApiInputException("alterations", "A list of alterations is required.");
        var kinds = given.EnumerateArray().Select(alteration => ApiJson.Text(alteration, "type") ?? "").ToList();
        return kinds.Find(kind => kind != Cancel) is { } other ? throw new ApiInputException("alterations", $"There is no alteration '{other}' here.") : kinds;
    }

    private static Task<IEnumerable<string>> FindAsync(InstanceFilter filter, string condition, NpgsqlConnection connection, CancellationToken ct) =>
        connection.QueryAsync<string>(new($"select id from elsa.instances where {filter.Condition} and {condition} order by created_at, id", filter.Parameters, cancellationToken: ct));

    private static object Result(string instanceId, IEnumerable<string> kinds, bool hasScheduled, TimeProvider time) => new
    {
        workflowInstanceId = instanceId,
        log = new { logEntries = kinds.Select(kind => new { message = $"{kind} succeeded", logLevel = "Information", timestamp = time.GetUtcNow(), eventName = $"Alteration {kind} succeeded" }) },
        workflowHasScheduledWork = hasScheduled,
        isSuccessful = true,
    };

    private static object Failed(string instanceId, string why, TimeProvider time) => new
    {
        workflowInstanceId = instanceId,
        log = new { logEntries = new[] { new { message = why, logLevel = "Error", timestamp = time.GetUtcNow(), eventName = (string?)null } } },
        workflowHasScheduledWork = false,
        isSuccessful = false,
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

    private static async Task<IResult> DryRunAsync(HttpRequest request, NpgsqlConnection connection, CancellationToken ct) =>
        ElsaApi.Json(new { workflowInstanceIds = await FindAsync(InstanceFilter.OfAlteration(await ApiJson.BodyAsync(request)), "true", connection, ct) });
}
