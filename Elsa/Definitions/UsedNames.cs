using Elsa.Expressions;

namespace Elsa.Definitions;

/// <summary>What the inputs and outputs of a definition are called on the activity that stands for it.</summary>
internal static class UsedNames
{
    /// <summary>What the activity's JSON says of the activity itself.</summary>
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "root",
        nameof(DefinitionActivity.WorkflowDefinitionId), nameof(DefinitionActivity.WorkflowDefinitionVersionId),
        nameof(DefinitionActivity.LatestAvailablePublishedVersion), nameof(DefinitionActivity.LatestAvailablePublishedVersionId),
    };

    /// <summary>The name in the descriptor: the definition's, and a low line behind it where its property is taken. Studio drops one in front.</summary>
    public static string Of(string name) => Taken.Contains(PropertyOf(name)) ? name + "_" : name;

    /// <summary>The property that Studio makes of a descriptor's name.</summary>
    public static string PropertyOf(string name) => PascalCase.Of(name) is { Length: > 0 } pascal ? char.ToLowerInvariant(pascal[0]) + pascal[1..] : name;
}
