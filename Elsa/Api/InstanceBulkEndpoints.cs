using Dapper;
using Elsa.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>Many instances at once.</summary>
internal static class InstanceBulkEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/bulk-actions/cancel/workflow-instances", CancelAsync).Permit("cancel:workflow-instances");
        foreach (var path in (string[])["/bulk-actions/delete/workflow-instances", "/bulk-actions/delete/workflow-instances/by-id"])
            api.MapPost(path, DeleteAsync).Permit("delete:workflow-instances");
    }

    private static async Task<IResult> DeleteAsync(HttpRequest request, NpgsqlConnection connection, CancellationToken ct)
    {
        var filter = InstanceFilter.OfDeletion(await ApiJson.BodyAsync(request));
        return ElsaApi.Json(new { deleted = await connection.ExecuteAsync(new($"delete from elsa.instances where {filter.Condition}", filter.Parameters, cancellationToken: ct)) });
    }

    private static async Task<IResult> CancelAsync(HttpRequest request, NpgsqlConnection connection, InstanceCancellation cancellation, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var (ids, definitionId) = (ApiJson.Texts(body, "ids"), ApiJson.Text(body, "definitionId"));
        if (definitionId is not null && ApiJson.Version(body) is null)
            return ElsaApi.Invalid("versionOptions", "VersionOptions and DefinitionId should either both be empty or both be not empty");
        var running = await connection.QueryAsync<string>(new(
            "select id from elsa.instances where status = 'Running' and (id = any(@ids) or definition_id = @definitionId or version_id = @versionId) order by id",
            new { ids, definitionId, versionId = ApiJson.Text(body, "definitionVersionId") },
            cancellationToken: ct));
        return ElsaApi.Json(new { cancelled = await cancellation.CancelAsync(running, ct) });
    }
}
