using Elsa.Workflows.Models;

namespace Elsa.Workflows;

public partial class ActivityExecutionContext
{
    private bool _hasNewBookmarks;

    /// <summary>Whether this run of the activity has made it wait.</summary>
    internal bool TakeHasNewBookmarks() => _hasNewBookmarks && !(_hasNewBookmarks = false);

    /// <summary>Waits for whichever of several stimuli comes first.</summary>
    /// <param name="payloads">What each must say beside its name; must be writable as JSON.</param>
    /// <param name="callback">A method of the activity that goes on; null completes the activity.</param>
    /// <param name="includeActivityInstanceId">Whether a stimulus must name this very execution.</param>
    /// <param name="bookmarkName">The name of the stimuli; null is the activity's type.</param>
    public void CreateBookmarks(IEnumerable<object> payloads, ExecuteActivityDelegate? callback = null, bool includeActivityInstanceId = true, string? bookmarkName = null)
    {
        foreach (var payload in payloads)
            CreateBookmark(new CreateBookmarkArgs { Stimulus = payload, Callback = callback, BookmarkName = bookmarkName, IncludeActivityInstanceId = includeActivityInstanceId });
    }

    /// <summary>Waits for a stimulus that names the bookmark: for callers that are given its id.</summary>
    public Bookmark CreateBookmark(ExecuteActivityDelegate callback, IDictionary<string, string>? metadata = null) =>
        CreateBookmark(new CreateBookmarkArgs { Callback = callback, Metadata = metadata });

    /// <summary>Waits for a stimulus and goes on with <paramref name="callback"/>, a method of the activity; null completes it.</summary>
    public Bookmark CreateBookmark(object stimulus, ExecuteActivityDelegate? callback, bool includeActivityInstanceId = true, IDictionary<string, string>? customProperties = null) =>
        CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus, Callback = callback, IncludeActivityInstanceId = includeActivityInstanceId, Metadata = customProperties });

    /// <summary>Waits for a stimulus and then completes.</summary>
    public Bookmark CreateBookmark(object stimulus, bool includeActivityInstanceId, IDictionary<string, string>? customProperties = null) =>
        CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus, IncludeActivityInstanceId = includeActivityInstanceId, Metadata = customProperties });

    /// <summary>Waits for a stimulus that names this very execution, and then completes.</summary>
    public Bookmark CreateBookmark(object stimulus, IDictionary<string, string>? metadata = null) =>
        CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus, Metadata = metadata });

    /// <summary>Makes the activity wait: it goes on when a matching stimulus arrives, which may be before this burst is over.</summary>
    public Bookmark CreateBookmark(CreateBookmarkArgs? options = null)
    {
        var name = options?.BookmarkName ?? Activity.Type;
        var bookmark = new Bookmark(
            options?.BookmarkId ?? Execution.Identity.New(),
            name,
            Execution.StimulusHash.Of(name, options?.Stimulus, (options?.IncludeActivityInstanceId ?? true) ? Id : null),
            options?.Stimulus,
            Activity.Id,
            NodeId,
            Id,
            WorkflowExecutionContext.Now,
            options?.AutoBurn ?? true,
            options?.Callback?.Method.Name,
            options?.AutoComplete ?? true,
            options?.Metadata);
        AddBookmark(bookmark);
        return bookmark;
    }

    /// <summary>Waits at bookmarks that were made by hand.</summary>
    public void AddBookmarks(IEnumerable<Bookmark> bookmarks)
    {
        foreach (var bookmark in bookmarks)
            AddBookmark(bookmark);
    }

    /// <summary>Waits at a bookmark that was made by hand: its hash must be one that a stimulus can have.</summary>
    public void AddBookmark(Bookmark bookmark)
    {
        WorkflowExecutionContext.Bookmarks.Add(bookmark);
        _hasNewBookmarks = true;
    }

    /// <summary>Stops waiting.</summary>
    public void ClearBookmarks()
    {
        WorkflowExecutionContext.RemoveBookmarksOf(this);
        _hasNewBookmarks = false;
    }
}
