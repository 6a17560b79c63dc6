using System.Globalization;
using System.Text.Json;
using Dapper;
using Elsa.Workflows;

namespace Elsa.Api;

/// <summary>Which instances are meant: a condition on <c>elsa.instances</c>, and its parameters.</summary>
internal sealed class InstanceFilter
{
    private static readonly Dictionary<string, string> Moments = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CreatedAt"] = "created_at",
        ["UpdatedAt"] = "updated_at",
        ["FinishedAt"] = "finished_at",
    };

    /// <summary>By name, what is compared with a moment and what with a day, which is given as its midnight.</summary>
    private static readonly Dictionary<string, (string Moment, string Day)> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Is"] = ("{0} = {1}", "{0} >= {1} and {0} < {2}"),
        ["IsNot"] = ("{0} <> {1}", "not ({0} >= {1} and {0} < {2})"),
        ["GreaterThan"] = ("{0} > {1}", "{0} >= {2}"),
        ["GreaterThanOrEqual"] = ("{0} >= {1}", "{0} >= {1}"),
        ["LessThan"] = ("{0} < {1}", "{0} < {1}"),
        ["LessThanOrEqual"] = ("{0} <= {1}", "{0} < {2}"),
    };

    /// <summary>Lists of an alteration's filter, without all of which it is empty to the original, whatever else it holds but a term or incidents.</summary>
    private static readonly string[] Deciding = ["workflowInstanceIds", "correlationIds", "definitionIds", "definitionVersionIds", "timestampFilters"];

    private static readonly string[] Lists = [.. Deciding, "names", "statuses", "subStatuses"];

    private static readonly string[] Flags = ["emptyFilterSelectsAll", "hasIncidents", "isSystem"];

    private readonly List<string> _conditions = ["true"];

    private InstanceFilter()
    {
    }

    public string Condition => string.Join(" and ", _conditions);

    public DynamicParameters Parameters { get; } = new();

    /// <summary>Of the instance list: an empty list asks for nothing.</summary>
    public static InstanceFilter OfList(JsonElement body)
    {
        var filter = new InstanceFilter();
        filter.Among("definition_id", Given([.. ApiJson.Texts(body, "definitionIds"), .. One(body, "definitionId")]));
        filter.Among("id", Given(ApiJson.Texts(body, "ids")));
        filter.Among("status", Given(Enums<WorkflowStatus>([.. ApiJson.Texts(body, "statuses"), .. One(body, "status")])));
        filter.Among("sub_status", Given(Enums<WorkflowSubStatus>([.. ApiJson.Texts(body, "subStatuses"), .. One(body, "subStatus")])));
        filter.Among("correlation_id", Given(One(body, "correlationId")));
        filter.Among("parent_id", Given(One(body, "parentWorkflowInstanceId")));
        if (ApiJson.Number(body, "version") is { } version)
            filter.Where("version = @version", "version", version);
        if (SearchPattern.Of(ApiJson.Text(body, "name")) is { } name)
            filter.Where("name ilike @name", "name", name);
        if (ApiJson.Flag(body, "isSystem") is { } system)
            filter.Where("is_system = @system", "system", system);
        filter.ReadWhatAllHave(body);
        return filter;
    }

    /// <summary>
    /// Of an alteration: an empty list matches nothing, and so does a filter that names nothing, unless it says that it means all. What is not
    /// understood is refused: it would alter more than was asked for.
    /// </summary>
    /// <exception cref="ApiInputException">Something is not understood.</exception>
    public static InstanceFilter OfAlteration(JsonElement body)
    {
        CheckMembers(body);
        var filter = new InstanceFilter();
        filter.Among("id", List(body, "workflowInstanceIds"));
        filter.Among("correlation_id", List(body, "correlationIds"));
        filter.Among("definition_id", List(body, "definitionIds"));
        filter.Among("version_id", List(body, "definitionVersionIds"));
        filter.Among("name", List(body, "names"));
        filter.Among("status", List(body, "statuses") is { } statuses ? Enums<WorkflowStatus>(statuses) : null);
        filter.Among("sub_status", List(body, "subStatuses") is { } subStatuses ? Enums<WorkflowSubStatus>(subStatuses) : null);
        if (ApiJson.Member(body, "isSystem") is not { ValueKind: JsonValueKind.Null })
            filter.Where("is_system = @system", "system", ApiJson.Flag(body, "isSystem") ?? false);
        filter.ReadWhatAllHave(body);
        var isEmpty = !Array.Exists(Deciding, name => ApiJson.Member(body, name) is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() > 0) && !IsGiven(body, "hasIncidents") && string.IsNullOrWhiteSpace(ApiJson.Text(body, "searchTerm"));
        if (isEmpty && ApiJson.Flag(body, "emptyFilterSelectsAll") != true)
            filter._conditions.Add("false");
        return filter;
    }

    /// <summary>Of a deletion, by ids, by definitions, or by both. One that names neither means none.</summary>
    public static InstanceFilter OfDeletion(JsonElement body)
    {
        var filter = new InstanceFilter();
        filter.Among("id", List(body, "ids"));
        filter.Among("definition_id", List(body, "workflowDefinitionIds"));
        if (ApiJson.Text(body, "workflowDefinitionId") is { } definitionId)
            filter.Where("definition_id = @definitionId", "definitionId", definitionId);
        if (filter._conditions.Count == 1)
            filter._conditions.Add("false");
        return filter;
    }

    private static void CheckMembers(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new ApiInputException("filter", "An object is expected here.");
        foreach (var (name, value) in body.EnumerateObject().Select(member => (member.Name, member.Value)).Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            var isUnderstood = value.ValueKind switch
            {
                JsonValueKind.Array => Lists.Contains(name, StringComparer.OrdinalIgnoreCase),
                JsonValueKind.True or JsonValueKind.False => Flags.Contains(name, StringComparer.OrdinalIgnoreCase),
                JsonValueKind.String => name.Equals("searchTerm", StringComparison.OrdinalIgnoreCase),
                _ => false,
            };
            if (!isUnderstood)
                throw new ApiInputException(name, "Instances cannot be filtered by this here.");
        }
    }

    private static bool IsGiven(JsonElement body, string name) => ApiJson.Member(body, name) is { ValueKind: not JsonValueKind.Null };

    private static string[]? List(JsonElement body, string name) => IsGiven(body, name) ? ApiJson.Texts(body, name) : null;

    private static string[]? Given(string[] values) => values.Length == 0 ? null : values;

    private static string[] One(JsonElement body, string name) => ApiJson.Text(body, name) is { } value ? [value] : [];

    private static string[] Enums<T>(string[] names) where T : struct, Enum =>
        [.. names.Select(name => Enum.TryParse<T>(name, ignoreCase: true, out var value) ? value.ToString() : throw new ApiInputException("generalErrors", $"Invalid enum value '{name}'."))];

    private void ReadWhatAllHave(JsonElement body)
    {
        if (ApiJson.Flag(body, "hasIncidents") is { } incidents)
            _conditions.Add(incidents ? "incident_count > 0" : "incident_count = 0");
        if (SearchPattern.Of(ApiJson.Text(body, "searchTerm")) is { } term)
            Where("(name ilike @term or id ilike @term or definition_id ilike @term or version_id ilike @term or correlation_id ilike @term)", "term", term);
        if (ApiJson.Member(body, "timestampFilters") is not { ValueKind: JsonValueKind.Array } times)
            return;
        foreach (var (index, time) in times.EnumerateArray().Index())
        {
            if (ApiJson.Text(time, "column") is not { } name || !Moments.TryGetValue(name, out var column))
                throw new ApiInputException("generalErrors", $"Timestamp filter at index {index}: Invalid timestamp filter column. Allowed columns are: CreatedAt, UpdatedAt, FinishedAt.");
            if (!Operators.TryGetValue(ApiJson.Text(time, "operator") ?? "Is", out var comparison) || !DateTimeOffset.TryParse(ApiJson.Text(time, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                throw new ApiInputException("generalErrors", $"Timestamp filter at index {index}: Invalid operator or timestamp.");
            var condition = at.TimeOfDay == TimeSpan.Zero ? comparison.Day : comparison.Moment;
            Where(string.Format(CultureInfo.InvariantCulture, condition, column, $"@time{index}", $"@time{index} + interval '1 day'"), $"time{index}", at.UtcDateTime);
        }
    }

    /// <summary>Null is no condition.</summary>
    private void Among(string column, string[]? values)
    {
        if (values is not null)
            Where($"{column} = any(@{column})", column, values);
    }

    private void Where(string condition, string parameter, object value)
    {
        _conditions.Add(condition);
        Parameters.Add(parameter, value);
    }
}
