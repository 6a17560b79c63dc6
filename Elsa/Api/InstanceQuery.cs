using System.Globalization;
using System.Text.Json;
using Dapper;
using Elsa.Workflows;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Elsa.Api;

/// <summary>The filter of the instance list.</summary>
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

    private static readonly Dictionary<string, string> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Is"] = "=",
        ["IsNot"] = "<>",
        ["GreaterThan"] = ">",
        ["GreaterThanOrEqual"] = ">=",
        ["LessThan"] = "<",
        ["LessThanOrEqual"] = "<=",
    };

    private readonly DynamicParameters _parameters = new();
    private readonly List<string> _conditions = ["true"];

    private string Order { get; init; } = "";

    private int Page { get; init; }

    private int? PageSize { get; init; }

    /// <summary>From the body of a POST, or from the query of a GET.</summary>
    public static async Task<InstanceQuery> ReadAsync(HttpRequest request)
    {
        var filter = HttpMethods.IsPost(request.Method) ? await ApiJson.BodyAsync(request) : FromQuery(request.Query);
        var query = new InstanceQuery { Page = ApiJson.Number(filter, "page") ?? 0, PageSize = ApiJson.Number(filter, "pageSize"), Order = ReadOrder(filter) };
        query.Among("definition_id", [.. ApiJson.Texts(filter, "definitionIds"), .. One(filter, "definitionId")]);
        query.Among("id", ApiJson.Texts(filter, "ids"));
        query.Among("status", [.. Enums<WorkflowStatus>(ApiJson.Texts(filter, "statuses")), .. Enums<WorkflowStatus>(One(filter, "status"))]);
        query.Among("sub_status", [.. Enums<WorkflowSubStatus>(ApiJson.Texts(filter, "subStatuses")), .. Enums<WorkflowSubStatus>(One(filter, "subStatus"))]);
        query.Among("correlation_id", One(filter, "correlationId"));
        query.Among("parent_id", One(filter, "parentWorkflowInstanceId"));
        if (ApiJson.Number(filter, "version") is { } version)
            query.Where("version = @version", "version", version);
        if (ApiJson.Flag(filter, "hasIncidents") is { } incidents)
            query._conditions.Add(incidents ? "incident_count > 0" : "incident_count = 0");
        if (ApiJson.Flag(filter, "isSystem") is { } system)
            query.Where("is_system = @system", "system", system);
        if (SearchPattern.Of(ApiJson.Text(filter, "name")) is { } name)
            query.Where("name ilike @name", "name", name);
        if (SearchPattern.Of(ApiJson.Text(filter, "searchTerm")) is { } term)
            query.Where("(name ilike @term or id ilike @term or definition_id ilike @term or version_id ilike @term or correlation_id ilike @term)", "term", term);
        query.ReadTimes(filter);
        return query;
    }

    public static async Task<IResult> RunAsync(InstanceQuery query, NpgsqlConnection connection, CancellationToken ct)
    {
        var where = string.Join(" and ", query._conditions);
        query._parameters.Add("offset", query.Page * (query.PageSize ?? 0));
        query._parameters.Add("limit", query.PageSize, System.Data.DbType.Int32);
        var total = await connection.ExecuteScalarAsync<int>(new($"select count(*) from elsa.instances where {where}", query._parameters, cancellationToken: ct));
        var rows = await connection.QueryAsync<Row>(new(
            $"""
            select id, definition_id as "DefinitionId", version_id as "DefinitionVersionId", version, status, sub_status as "SubStatus", correlation_id as "CorrelationId", name, incident_count as "IncidentCount",
                   created_at as "CreatedAt", updated_at as "UpdatedAt", finished_at as "FinishedAt"
            from elsa.instances where {where} order by {query.Order} offset @offset limit @limit
            """,
            query._parameters,
            cancellationToken: ct));
        return ElsaApi.Json(new { items = rows, totalCount = total });
    }

    private static string[] One(JsonElement filter, string name) => ApiJson.Text(filter, name) is { } value ? [value] : [];

    private static string[] Enums<T>(string[] names) where T : struct, Enum =>
        [.. names.Select(name => Enum.TryParse<T>(name, ignoreCase: true, out var value) ? value.ToString() : throw new ApiInputException("generalErrors", $"Invalid enum value '{name}'."))];

    private static JsonElement FromQuery(IQueryCollection query) => JsonSerializer.SerializeToElement(query.ToDictionary(
        pair => pair.Key,
        object? (pair) => pair.Key.EndsWith("s", StringComparison.OrdinalIgnoreCase) && !pair.Key.EndsWith("status", StringComparison.OrdinalIgnoreCase) && pair.Key is not "hasIncidents"
            ? pair.Value.ToArray()
            : int.TryParse(pair.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : bool.TryParse(pair.Value, out var flag) ? flag : pair.Value.ToString(),
        StringComparer.OrdinalIgnoreCase));

    private void Among(string column, string[] values)
    {
        if (values.Length > 0)
            Where($"{column} = any(@{column})", column, values);
    }

    private void Where(string condition, string parameter, object value)
    {
        _conditions.Add(condition);
        _parameters.Add(parameter, value);
    }

    private void ReadTimes(JsonElement filter)
    {
        if (ApiJson.Member(filter, "timestampFilters") is not { ValueKind: JsonValueKind.Array } times)
            return;
        foreach (var (index, time) in times.EnumerateArray().Index())
        {
            if (ApiJson.Text(time, "column") is not { } name || !Columns.TryGetValue(name, out var column) || !name.EndsWith("At", StringComparison.OrdinalIgnoreCase))
                throw new ApiInputException("generalErrors", $"Timestamp filter at index {index}: Invalid timestamp filter column. Allowed columns are: CreatedAt, UpdatedAt, FinishedAt.");
            if (!Operators.TryGetValue(ApiJson.Text(time, "operator") ?? "Is", out var comparison) || !DateTimeOffset.TryParse(ApiJson.Text(time, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                throw new ApiInputException("generalErrors", $"Timestamp filter at index {index}: Invalid operator or timestamp.");
            Where($"{column} {comparison} @time{index}", $"time{index}", at.UtcDateTime);
        }
    }

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
