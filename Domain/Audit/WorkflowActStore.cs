using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.Audit;

/// <summary>What an administrator did about a workflow.</summary>
public enum WorkflowActKind
{
    /// <summary>不顾检查发现而发布.</summary>
    PublishedDespite,

    /// <summary>为事项定制.</summary>
    Customised,

    /// <summary>恢复为通用流程.</summary>
    Restored,
}

/// <summary>One such act.</summary>
/// <param name="Version">The version of the definition, where one is concerned.</param>
/// <param name="Reason">Why, in the administrator's words.</param>
/// <param name="Details">What it was about, such as the findings; JSON.</param>
public sealed record WorkflowAct(string DefinitionId, int? Version, WorkflowActKind Act, string? ItemCode, string? Reason, JsonElement Details, DateTimeOffset At, string UserName, string ActorName);

/// <summary>The log of these acts; rows are only added.</summary>
public sealed class WorkflowActStore(NpgsqlConnection connection, AuditTrail audit, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes an act down, in the transaction of the act itself.</summary>
    public async Task AddAsync(string definitionId, int? version, WorkflowActKind act, string? itemCode, string? reason, object details, Actor by)
    {
        await connection.ExecuteAsync(
            """
            insert into tongban.workflow_acts (id, definition_id, version, act, item_code, reason, details, at, user_name, actor_name)
            values (@id, @definitionId, @version, @act, @itemCode, @reason, @details::jsonb, @at, @UserName, @Name)
            """,
            new { id = Guid.CreateVersion7(), definitionId, version, act = Codes.Of(act), itemCode, reason, details = JsonSerializer.Serialize(details, Json), at = time.GetUtcNow(), by.UserName, by.Name });
        await audit.AddAsync(by, "workflow." + Codes.Of(act), $"workflow/{definitionId}", version is null ? Codes.Of(act) : $"{Codes.Of(act)} v{version}", reason);
    }

    /// <summary>The acts about a definition, latest first.</summary>
    public async Task<IReadOnlyList<WorkflowAct>> ListAsync(string definitionId) =>
        [.. (await connection.QueryAsync<Row>(
            """
            select definition_id as DefinitionId, version, act, item_code as ItemCode, reason, details, at, user_name as UserName, actor_name as ActorName
            from tongban.workflow_acts where definition_id = @definitionId order by at desc, id desc
            """,
            new { definitionId })).Select(row => row.ToAct())];

    private sealed record Row
    {
        public required string DefinitionId { get; init; }

        public int? Version { get; init; }

        public WorkflowActKind Act { get; init; }

        public string? ItemCode { get; init; }

        public string? Reason { get; init; }

        public required string Details { get; init; }

        public DateTime At { get; init; }

        public required string UserName { get; init; }

        public required string ActorName { get; init; }

        public WorkflowAct ToAct() => new(DefinitionId, Version, Act, ItemCode, Reason, JsonDocument.Parse(Details).RootElement, At, UserName, ActorName);
    }
}
