using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Elsa.Api;

/// <summary>The instance list: what is asked for, in which order, and which page of it.</summary>
internal sealed class InstanceQuery
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CreatedAt"] = "created_at",
        ["UpdatedAt"] = "updated_at",
        ["FinishedAt"] = "finished_at",
        ["Created"] = "created_at",
        ["UpdatedLast"] = "updated_at",
        ["Finished"] = "finished_at",
        ["Name"] = "name",
    };

    public required InstanceFilter Filter { get; init; }

    public required string Order { get; init; }

    private long Offset { get; init; }

    private int? PageSize { get; init; }

    /// <summary>From the body of a POST, or from the query of a GET.</summary>
    public static async Task<InstanceQuery> ReadAsync(HttpRequest request)
    {
        var filter = HttpMethods.IsPost(request.Method) ? await ApiJson.BodyAsync(request) : FromQuery(request.Query);
        var (page, size) = (ApiJson.Number(filter, "page"), ApiJson.Number(filter, "pageSize"));
        return new InstanceQuery { Filter = InstanceFilter.OfList(filter), Offset = ApiJson.Offset(page, size), PageSize = size, Order = ReadOrder(filter) };
    }

    public static async Task<IResult> RunAsync(InstanceQuery query, NpgsqlConnection connection, CancellationToken ct)
    {
        var (where, parameters) = (query.Filter.Condition, query.Filter.Parameters);
        parameters.Add("offset", query.Offset);
        parameters.Add("limit", query.PageSize, System.Data.DbType.Int32);
        var total = await connection.ExecuteScalarAsync<int>(new($"select count(*) from elsa.instances where {where}", parameters, cancellationToken: ct));
        var rows = await connection.QueryAsync<Row>(new(
            $"""
            select id, definition_id as "DefinitionId", version_id as "DefinitionVersionId", version, status, sub_status as "SubStatus", correlation_id as "CorrelationId", name, incident_count as "IncidentCount",
                   created_at as "CreatedAt", updated_at as "UpdatedAt", finished_at as "FinishedAt"
            from elsa.instances where {where} order by {query.Order} offset @offset limit @limit
            """,
            parameters,
            cancellationToken: ct));
        return ElsaApi.Json(new { items = rows, totalCount = total });
    }

    private static JsonElement FromQuery(IQueryCollection query) => JsonSerializer.SerializeToElement(query.ToDictionary(
        pair => pair.Key,
        object? (pair) => pair.Key.ToUpperInvariant() switch
        {
            "IDS" or "DEFINITIONIDS" or "STATUSES" or "SUBSTATUSES" => pair.Value.ToArray(),
            "PAGE" or "PAGESIZE" or "VERSION" when int.TryParse(pair.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            "HASINCIDENTS" or "ISSYSTEM" when bool.TryParse(pair.Value, out var flag) => flag,
            _ => pair.Value.ToString(),
        },
        StringComparer.OrdinalIgnoreCase));

    /// <summary>The list is paged, so that the id decides between equals.</summary>
    private static string ReadOrder(JsonElement filter)
    {
        var orderBy = ApiJson.Text(filter, "orderBy") ?? "Created";
        if (!Columns.TryGetValue(orderBy, out var column))
            throw new ApiInputException("orderBy", $"Value [{orderBy}] is not valid for a [OrderByWorkflowInstance] property!");
        var direction = ApiJson.Direction(ApiJson.Text(filter, "orderDirection"), column == "name" ? "asc" : "desc");
        return $"{column} {direction}{(column is "name" or "finished_at" ? " nulls last" : "")}, id {direction}";
    }

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string DefinitionId { get; init; }

        public required string DefinitionVersionId { get; init; }

        public int Version { get; init; }

        public required string Status { get; init; }

        public required string SubStatus { get; init; }

        public string? CorrelationId { get; init; }

        public string? Name { get; init; }

        public int IncidentCount { get; init; }

        public DateTime CreatedAt { get; init; }

        public DateTime UpdatedAt { get; init; }

        public DateTime? FinishedAt { get; init; }
    }
}
