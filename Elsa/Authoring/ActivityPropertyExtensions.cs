using System.Globalization;
using System.Text.Json;
using Elsa.Workflows;

namespace Elsa.Extensions;

/// <summary>The settings every activity has in its custom properties and metadata.</summary>
public static class ActivityPropertyExtensions
{
    public static bool GetCanStartWorkflow(this IActivity activity) => Read(activity.CustomProperties, "canStartWorkflow") ?? false;

    public static void SetCanStartWorkflow(this IActivity activity, bool value) => activity.CustomProperties["canStartWorkflow"] = value;

    public static bool? GetRunAsynchronously(this IActivity activity) => Read(activity.CustomProperties, "runAsynchronously");

    public static void SetRunAsynchronously(this IActivity activity, bool? value) => activity.CustomProperties["runAsynchronously"] = value ?? false;

    public static string? GetSource(this IActivity activity) => activity.CustomProperties.TryGetValue("source", out var value) ? value?.ToString() : null;

    public static void SetSource(this IActivity activity, string value) => activity.CustomProperties["source"] = value;

    /// <summary>Notes where in code the activity was made; nothing when it was not made in code.</summary>
    public static void SetSource(this IActivity activity, string? sourceFile, int? lineNumber)
    {
        if (sourceFile != null && lineNumber != null)
            activity.SetSource(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(sourceFile)}:{lineNumber}"));
    }

    public static string? GetDisplayText(this IActivity activity) => activity.Metadata.TryGetValue("displayText", out var value) ? value?.ToString() : null;

    public static void SetDisplayText(this IActivity activity, string value) => activity.Metadata["displayText"] = value;

    public static string? GetDescription(this IActivity activity) => activity.Metadata.TryGetValue("description", out var value) ? value?.ToString() : null;

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
