namespace Elsa.Workflows.Models;

/// <summary>Which definition and version a workflow is.</summary>
public record WorkflowIdentity(string DefinitionId, int Version, string Id, string? TenantId = null)
{
    public static WorkflowIdentity VersionOne => new("1", 1, "1");
}

/// <summary>Where a version stands among the versions of its definition.</summary>
public record WorkflowPublication(bool IsLatest, bool IsPublished)
{
    public static WorkflowPublication LatestAndPublished => new(true, true);

    public static WorkflowPublication LatestDraft => new(true, false);

    public static WorkflowPublication Draft => new(false, false);
}

/// <summary>What people read about a workflow.</summary>
public record WorkflowMetadata(string? Name = default, string? Description = default, DateTimeOffset CreatedAt = default, Version? ToolVersion = default);

/// <summary>How instances of a workflow behave.</summary>
public class WorkflowOptions
{
    /// <summary>Decides whether another instance may start; null lets all start.</summary>
    public Type? ActivationStrategyType { get; set; }

    /// <summary>Whether other definitions can use this one as an activity.</summary>
    public bool? UsableAsActivity { get; set; }

    public bool AutoUpdateConsumingWorkflows { get; set; }

    public string? ActivityCategory { get; set; }

    /// <summary>What an incident does; null is <c>FaultStrategy</c>.</summary>
    public Type? IncidentStrategyType { get; set; }

    public string? CommitStrategyName { get; set; }
}

/// <summary>An input or output of a workflow.</summary>
public abstract class ArgumentDefinition
{
    public Type Type { get; set; } = typeof(object);

    public string Name { get; set; } = null!;

    public string DisplayName { get; set; } = "";

    public string Description { get; set; } = "";

    public string Category { get; set; } = "";
}

/// <inheritdoc />
public class InputDefinition : ArgumentDefinition
{
    public string UIHint { get; set; } = null!;

    public Type? StorageDriverType { get; set; }
}

/// <inheritdoc />
public class OutputDefinition : ArgumentDefinition;
