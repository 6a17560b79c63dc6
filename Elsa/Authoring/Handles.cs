using Elsa.Common.Models;

namespace Elsa.Workflows.Models;

/// <summary>Names a version of a definition.</summary>
public class WorkflowDefinitionHandle
{
    /// <summary>All versions of a definition share it; null when one version is named by its id.</summary>
    public string? DefinitionId { get; set; }

    /// <summary>Which of the definition's versions; null is the published one.</summary>
    public VersionOptions? VersionOptions { get; set; }

    /// <summary>The id of one version; it decides when it is set.</summary>
    public string? DefinitionVersionId { get; set; }

    /// <summary>A version of the definition <paramref name="definitionId"/>, by default the published one.</summary>
    public static WorkflowDefinitionHandle ByDefinitionId(string definitionId, VersionOptions? versionOptions = null) =>
        new() { DefinitionId = definitionId, VersionOptions = versionOptions };

    /// <summary>Exactly one version.</summary>
    public static WorkflowDefinitionHandle ByDefinitionVersionId(string definitionVersionId) => new() { DefinitionVersionId = definitionVersionId };

    /// <summary>For messages: the version's id, or the definition's and which version of it.</summary>
    public override string ToString() => DefinitionVersionId ?? $"{DefinitionId} ({VersionOptions})";
}

/// <summary>Names an activity, or one execution of it.</summary>
public class ActivityHandle
{
    /// <summary>The activity's id in its container.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The activity's path of ids in the definition.</summary>
    public string? ActivityNodeId { get; init; }

    /// <summary>One execution of it.</summary>
    public string? ActivityInstanceId { get; init; }

    /// <summary>Of the original; nothing here is found by it.</summary>
    public string? ActivityHash { get; init; }

    /// <summary>Any execution of the activity with this id.</summary>
    public static ActivityHandle FromActivityId(string activityId) => new() { ActivityId = activityId };

    /// <summary>Any execution of the activity at this path.</summary>
    public static ActivityHandle FromActivityNodeId(string activityNodeId) => new() { ActivityNodeId = activityNodeId };

    /// <summary>Exactly one execution.</summary>
    public static ActivityHandle FromActivityInstanceId(string activityInstanceId) => new() { ActivityInstanceId = activityInstanceId };

    /// <summary>Of the original; nothing here is found by it.</summary>
    public static ActivityHandle FromActivityHash(string activityHash) => new() { ActivityHash = activityHash };

    /// <summary>For messages: whichever of the names is set; empty when none is.</summary>
    public override string ToString() => ActivityId ?? ActivityNodeId ?? ActivityInstanceId ?? ActivityHash ?? "";
}
