using System.Text.Json.Serialization;

namespace Elsa.Workflows.Models;

/// <summary>A place where an instance waits, and the stimulus that resumes it.</summary>
/// <param name="id">Unique among all bookmarks.</param>
/// <param name="name">The name of the stimulus.</param>
/// <param name="hash">Of name and payload, as <see cref="IStimulusHasher"/> makes it.</param>
/// <param name="payload">What the stimulus must say; null waits for the name alone.</param>
/// <param name="activityId">The waiting activity's id in its container.</param>
/// <param name="activityNodeId">The waiting activity's path of ids.</param>
/// <param name="activityInstanceId">The waiting execution.</param>
/// <param name="createdAt">In UTC.</param>
/// <param name="autoBurn">Whether the first stimulus removes it.</param>
/// <param name="callbackMethodName">The method of the activity that goes on; null for none.</param>
/// <param name="autoComplete">Without a callback: whether the stimulus completes the activity.</param>
/// <param name="metadata">Notes; null for none.</param>
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
    /// <summary>For serializers.</summary>
    [JsonConstructor]
    public Bookmark() : this("", "", "", null, "", "", "", default, false)
    {
    }

    /// <summary>Unique among all bookmarks. Whoever knows it can resume exactly this one.</summary>
    public string Id { get; set; } = id;

    /// <summary>The name of the stimulus, usually the activity's type.</summary>
    public string Name { get; set; } = name;

    /// <summary>Of name and payload; a stimulus with the same hash resumes it.</summary>
    public string Hash { get; set; } = hash;

    /// <summary>What the stimulus must say beside its name; must be writable as JSON. Null waits for the name alone.</summary>
    public object? Payload { get; set; } = payload;

    /// <summary>The waiting activity's id in its container.</summary>
    public string ActivityId { get; set; } = activityId;

    /// <summary>The waiting activity's path of ids in the definition.</summary>
    public string ActivityNodeId { get; set; } = activityNodeId;

    /// <summary>The waiting execution.</summary>
    public string? ActivityInstanceId { get; set; } = activityInstanceId;

    /// <summary>When the wait began, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; } = createdAt;

    /// <summary>Whether resuming removes it.</summary>
    public bool AutoBurn { get; set; } = autoBurn;

    /// <summary>The method of the activity that goes on; null completes the activity.</summary>
    public string? CallbackMethodName { get; set; } = callbackMethodName;

    /// <summary>Without a callback: whether resuming completes the activity.</summary>
    public bool AutoComplete { get; set; } = autoComplete;

    /// <summary>Notes for those who look at bookmarks; not part of <see cref="Hash"/>.</summary>
    public IDictionary<string, string>? Metadata { get; set; } = metadata;
}

/// <summary>How a bookmark is to be created.</summary>
public class CreateBookmarkArgs
{
    /// <summary>Null for a fresh id.</summary>
    public string? BookmarkId { get; set; }

    /// <summary>What the stimulus must say beside its name; must be writable as JSON.</summary>
    public object? Stimulus { get; set; }

    /// <summary>A method of the activity. A lambda that captures something cannot be found again after a suspension.</summary>
    public ExecuteActivityDelegate? Callback { get; set; }

    /// <summary>Null for the activity's type.</summary>
    public string? BookmarkName { get; set; }

    /// <summary>True, the default: the first stimulus removes the bookmark. False waits on for more.</summary>
    public bool AutoBurn { get; set; } = true;

    /// <summary>Whether the stimulus must name this very execution.</summary>
    public bool IncludeActivityInstanceId { get; set; }

    /// <summary>Without a callback: true, the default, completes the activity when the stimulus comes.</summary>
    public bool AutoComplete { get; set; } = true;

    /// <summary>Notes that are stored with the bookmark.</summary>
    public IDictionary<string, string>? Metadata { get; set; }
}
