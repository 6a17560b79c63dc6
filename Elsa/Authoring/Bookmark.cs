using System.Text.Json.Serialization;

namespace Elsa.Workflows.Models;

/// <summary>A place where an instance waits, and the stimulus that resumes it.</summary>
public class Bookmark(
    string id,
    string name,
    string hash,
    object? payload,
    string activityId,
    string activityNodeId,
    string? activityInstanceId,
    DateTimeOffset createdAt,
    bool autoBurn = true,
    string? callbackMethodName = null,
    bool autoComplete = true,
    IDictionary<string, string>? metadata = null)
{
    [JsonConstructor]
    public Bookmark() : this("", "", "", null, "", "", "", default, false)
    {
    }

    public string Id { get; set; } = id;

    /// <summary>The name of the stimulus, usually the activity's type.</summary>
    public string Name { get; set; } = name;

    /// <summary>Of name and payload; a stimulus with the same hash resumes it.</summary>
    public string Hash { get; set; } = hash;

    public object? Payload { get; set; } = payload;

    public string ActivityId { get; set; } = activityId;

    public string ActivityNodeId { get; set; } = activityNodeId;

    public string? ActivityInstanceId { get; set; } = activityInstanceId;

    public DateTimeOffset CreatedAt { get; set; } = createdAt;

    /// <summary>Whether resuming removes it.</summary>
    public bool AutoBurn { get; set; } = autoBurn;

    /// <summary>The method of the activity that goes on; null completes the activity.</summary>
    public string? CallbackMethodName { get; set; } = callbackMethodName;

    public bool AutoComplete { get; set; } = autoComplete;

    public IDictionary<string, string>? Metadata { get; set; } = metadata;
}

/// <summary>How a bookmark is to be created.</summary>
public class CreateBookmarkArgs
{
    /// <summary>Null for a fresh id.</summary>
    public string? BookmarkId { get; set; }

    public object? Stimulus { get; set; }

    /// <summary>A method of the activity. A lambda that captures something cannot be found again after a suspension.</summary>
    public ExecuteActivityDelegate? Callback { get; set; }

    /// <summary>Null for the activity's type.</summary>
    public string? BookmarkName { get; set; }

    public bool AutoBurn { get; set; } = true;

    /// <summary>Whether the stimulus must name this very execution.</summary>
    public bool IncludeActivityInstanceId { get; set; }

    public bool AutoComplete { get; set; } = true;

    public IDictionary<string, string>? Metadata { get; set; }
}
