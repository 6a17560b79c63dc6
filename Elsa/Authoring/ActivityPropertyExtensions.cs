using System.Globalization;
using System.Text.Json;
using Elsa.Workflows;

namespace Elsa.Extensions;

/// <summary>The settings every activity has in its custom properties and metadata.</summary>
public static class ActivityPropertyExtensions
{
    /// <summary>Whether a stimulus for this activity starts the workflow; false when nothing is said.</summary>
    public static bool GetCanStartWorkflow(this IActivity activity) => Read(activity.CustomProperties, "canStartWorkflow") ?? false;

    /// <summary>Says whether a stimulus for this activity starts the workflow. Stored as <c>canStartWorkflow</c> in the custom properties.</summary>
    public static void SetCanStartWorkflow(this IActivity activity, bool value) => activity.CustomProperties["canStartWorkflow"] = value;

    /// <summary>What the definition says of running beside others; null when it says nothing. The runtime does not follow it.</summary>
    public static bool? GetRunAsynchronously(this IActivity activity) => Read(activity.CustomProperties, "runAsynchronously");

    /// <summary>Notes <c>runAsynchronously</c> in the custom properties; null is noted as false.</summary>
    public static void SetRunAsynchronously(this IActivity activity, bool? value) => activity.CustomProperties["runAsynchronously"] = value ?? false;

    /// <summary>The file and line the activity was made at, as in <c>Greeting.cs:12</c>; null for definitions from the designer.</summary>
    public static string? GetSource(this IActivity activity) => activity.CustomProperties.TryGetValue("source", out var value) ? value?.ToString() : null;

    /// <summary>Notes where the activity was made.</summary>
    public static void SetSource(this IActivity activity, string value) => activity.CustomProperties["source"] = value;

    /// <summary>Notes where in code the activity was made; nothing when it was not made in code.</summary>
    public static void SetSource(this IActivity activity, string? sourceFile, int? lineNumber)
    {
        if (sourceFile != null && lineNumber != null)
            activity.SetSource(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(sourceFile)}:{lineNumber}"));
    }

    /// <summary>The text that the designer shows instead of the type's name; null when there is none.</summary>
    public static string? GetDisplayText(this IActivity activity) => activity.Metadata.TryGetValue("displayText", out var value) ? value?.ToString() : null;

    /// <summary>Sets the text that the designer shows instead of the type's name.</summary>
    public static void SetDisplayText(this IActivity activity, string value) => activity.Metadata["displayText"] = value;

    /// <summary>What the designer shows below the activity's name; null when there is nothing.</summary>
    public static string? GetDescription(this IActivity activity) => activity.Metadata.TryGetValue("description", out var value) ? value?.ToString() : null;

    /// <summary>Sets what the designer shows below the activity's name.</summary>
    public static void SetDescription(this IActivity activity, string value) => activity.Metadata["description"] = value;

    private static bool? Read(IDictionary<string, object> properties, string name)
    {
        if (!properties.TryGetValue(name, out var value) && !properties.TryGetValue(char.ToUpperInvariant(name[0]) + name[1..], out value))
            return null;
        return value switch
        {
            bool flag => flag,
            JsonElement { ValueKind: JsonValueKind.True } => true,
            string text => bool.TryParse(text, out var flag) && flag,
            _ => false,
        };
    }
}
