using Dapper;
using Elsa.Common.Models;
using Elsa.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>Lists of definitions.</summary>
internal static class DefinitionListEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions", ListAsync).Permit("read:workflow-definitions");
        api.MapGet("/workflow-definitions/many-by-id", ManyAsync).Permit("read:workflow-definitions");
        api.MapGet("/workflow-definitions/{definitionId}/versions", VersionsAsync).Permit("read:workflow-definitions");
        api.MapGet("/workflow-definitions/query/count", async (NpgsqlConnection connection, CancellationToken ct) =>
            ElsaApi.Json(new { count = await connection.ExecuteScalarAsync<int>(new("select count(*) from elsa.definitions where is_latest and not is_system", cancellationToken: ct)) })).Permit("read:workflow-definitions");
        api.MapGet("/workflow-definitions/validation/is-name-unique", async (string? name, string? definitionId, NpgsqlConnection connection, CancellationToken ct) =>
            ElsaApi.Json(new { isUnique = !await connection.ExecuteScalarAsync<bool>(new("select exists (select 1 from elsa.definitions where is_latest and name = @name and definition_id <> coalesce(@definitionId, ''))", new { name = name ?? "", definitionId }, cancellationToken: ct)) })).Permit("read:workflow-definitions");
    }

    private static async Task<IResult> ListAsync(
        string? versionOptions, int? page, int? pageSize, string? searchTerm, bool? isSystem, string? orderBy, string? orderDirection,
        [FromQuery] string[]? ids, [FromQuery] string[]? definitionIds, NpgsqlConnection connection, CancellationToken ct)
    {
        var order = orderBy switch
        {
            null or "" or "Name" => "name",
            "Created" => "created_at",
            "Version" => "version",
            _ => throw new ApiInputException("orderBy", $"Value [{orderBy}] is not valid for a [OrderByWorkflowDefinition] property!"),
        };
        var version = ApiJson.Version(versionOptions) ?? VersionOptions.All;
        var where = $"""
            {DefinitionRows.Matches(version)}
            and (@ids::text[] is null or id = any(@ids)) and (@definitionIds::text[] is null or definition_id = any(@definitionIds))
            and (@isSystem::boolean is null or is_system = @isSystem)
            and (@search::text is null or name ilike @search or description ilike @search or id ilike @search or definition_id ilike @search)
            """;
        var filter = new
        {
            ids = ids is { Length: > 0 } ? ids : null,
            definitionIds = definitionIds is { Length: > 0 } ? definitionIds : null,
            isSystem,
            search = SearchPattern.Of(searchTerm),
            version = version.Version,
            offset = ApiJson.Offset(page, pageSize),
            limit = pageSize,
        };
        var direction = ApiJson.Direction(orderDirection, order == "name" ? "asc" : "desc");
        var total = await connection.ExecuteScalarAsync<int>(new($"select count(*) from elsa.definitions where {where}", filter, cancellationToken: ct));
        var rows = await connection.QueryAsync<DefinitionRow>(new($"select {DefinitionRows.Columns} from elsa.definitions where {where} order by {order} {direction}, id offset @offset limit @limit", filter, cancellationToken: ct));
        return ElsaApi.Json(new { items = rows.Select(DefinitionView.Summary), totalCount = total, links = DefinitionView.ListLinks() });
    }

    private static async Task<IResult> ManyAsync([FromQuery] string[]? ids, NpgsqlConnection connection, CancellationToken ct)
    {
        var items = (await connection.QueryAsync<DefinitionRow>(new($"select {DefinitionRows.Columns} from elsa.definitions where id = any(@ids)", new { ids = ids ?? [] }, cancellationToken: ct))).Select(DefinitionView.Of).ToList();
        return ElsaApi.Json(new { items, count = items.Count });
    }

    private static async Task<IResult> VersionsAsync(string definitionId, NpgsqlConnection connection, CancellationToken ct)
    {
        var rows = (await connection.QueryAsync<DefinitionRow>(new($"select {DefinitionRows.Columns} from elsa.definitions where definition_id = @definitionId order by version desc", new { definitionId }, cancellationToken: ct))).AsList();
        return rows.Count == 0 ? Results.NotFound() : ElsaApi.Json(rows.Select(DefinitionView.Of));
    }
}
