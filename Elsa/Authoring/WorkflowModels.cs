namespace Elsa.Workflows.Models;

/// <summary>Which definition and version a workflow is.</summary>
/// <param name="DefinitionId">Shared by all versions.</param>
/// <param name="Version">The number of the version, from 1.</param>
/// <param name="Id">Of the version, unique among all definitions.</param>
/// <param name="TenantId">Of the original; nothing here depends on it.</param>
public record WorkflowIdentity(string DefinitionId, int Version, string Id, string? TenantId = null)
{
    /// <summary>For workflows in code that need no name of their own.</summary>
    public static WorkflowIdentity VersionOne => new("1", 1, "1");
}

/// <summary>Where a version stands among the versions of its definition.</summary>
/// <param name="IsLatest">Whether no version is newer.</param>
/// <param name="IsPublished">Whether new instances start on it.</param>
public record WorkflowPublication(bool IsLatest, bool IsPublished)
{
    /// <summary>The newest version, and new instances start on it.</summary>
    public static WorkflowPublication LatestAndPublished => new(true, true);

    /// <summary>The newest version, not published.</summary>
    public static WorkflowPublication LatestDraft => new(true, false);

    /// <summary>An older version that is not published.</summary>
    public static WorkflowPublication Draft => new(false, false);
}

/// <summary>What people read about a workflow.</summary>
/// <param name="Name">For people, in lists.</param>
/// <param name="Description">For people; null is none.</param>
/// <param name="CreatedAt">When the version was made, in UTC.</param>
/// <param name="ToolVersion">The version of the designer that made it; null when it does not say.</param>
public record WorkflowMetadata(string? Name = default, string? Description = default, DateTimeOffset CreatedAt = default, Version? ToolVersion = default);

/// <summary>How instances of a workflow behave.</summary>
public class WorkflowOptions
{
    /// <summary>Decides whether another instance may start; null lets all start.</summary>
    public Type? ActivationStrategyType { get; set; }

    /// <summary>Whether other definitions can use this one as an activity.</summary>
    public bool? UsableAsActivity { get; set; }

    /// <summary>Whether definitions that use this one as an activity follow when it is published.</summary>
    public bool AutoUpdateConsumingWorkflows { get; set; }

    /// <summary>The heading under which the designer lists it as an activity; null is "Workflows".</summary>
    public string? ActivityCategory { get; set; }

    /// <summary>What an incident does; null is <c>FaultStrategy</c>.</summary>
    public Type? IncidentStrategyType { get; set; }

    /// <summary>Of the original; kept, and not followed: a burst is one transaction in any case.</summary>
    public string? CommitStrategyName { get; set; }
}

/// <summary>An input or output of a workflow.</summary>
public abstract class ArgumentDefinition
{
    /// <summary>Values are not converted to it at a start; scripts and the designer go by it. The default is any object.</summary>
    public Type Type { get; set; } = typeof(object);

    /// <summary>Unique among the inputs, or among the outputs, of the workflow.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The name for people.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>For people, in the designer.</summary>
    public string Description { get; set; } = "";

    /// <summary>The heading under which the designer shows it.</summary>
    public string Category { get; set; } = "";
}

/// <inheritdoc />
public class InputDefinition : ArgumentDefinition
{
    /// <summary>The designer's editor, one of <c>InputUIHints</c>.</summary>
    public string UIHint { get; set; } = null!;

    /// <summary>Where the value is kept; inputs of a start are kept with the instance whatever this says.</summary>
    public Type? StorageDriverType { get; set; }
}

/// <inheritdoc />
public class OutputDefinition : ArgumentDefinition;
