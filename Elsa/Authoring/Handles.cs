using Elsa.Common.Models;

namespace Elsa.Workflows.Models;

/// <summary>Names a version of a definition.</summary>
public class WorkflowDefinitionHandle
{
    public string? DefinitionId { get; set; }

    public VersionOptions? VersionOptions { get; set; }

    public string? DefinitionVersionId { get; set; }

    public static WorkflowDefinitionHandle ByDefinitionId(string definitionId, VersionOptions? versionOptions = null) =>
        new() { DefinitionId = definitionId, VersionOptions = versionOptions };

    public static WorkflowDefinitionHandle ByDefinitionVersionId(string definitionVersionId) => new() { DefinitionVersionId = definitionVersionId };

    public override string ToString() => DefinitionVersionId ?? $"{DefinitionId} ({VersionOptions})";
}

/// <summary>Names an activity, or one execution of it.</summary>
public class ActivityHandle
{
    public string? ActivityId { get; init; }

    public string? ActivityNodeId { get; init; }

    public string? ActivityInstanceId { get; init; }

    public string? ActivityHash { get; init; }

    public static ActivityHandle FromActivityId(string activityId) => new() { ActivityId = activityId };

    public static ActivityHandle FromActivityNodeId(string activityNodeId) => new() { ActivityNodeId = activityNodeId };

    public static ActivityHandle FromActivityInstanceId(string activityInstanceId) => new() { ActivityInstanceId = activityInstanceId };

    public static ActivityHandle FromActivityHash(string activityHash) => new() { ActivityHash = activityHash };

    public override string ToString() => ActivityId ?? ActivityNodeId ?? ActivityInstanceId ?? ActivityHash ?? "";
}
