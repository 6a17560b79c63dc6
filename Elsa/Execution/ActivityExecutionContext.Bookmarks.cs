using Elsa.Workflows.Models;

namespace Elsa.Workflows;

public partial class ActivityExecutionContext
{
    private bool _hasNewBookmarks;

    /// <summary>Whether this run of the activity has made it wait.</summary>
    internal bool TakeHasNewBookmarks() => _hasNewBookmarks && !(_hasNewBookmarks = false);

    public void CreateBookmarks(IEnumerable<object> payloads, ExecuteActivityDelegate? callback = null, bool includeActivityInstanceId = true, string? bookmarkName = null)
    {
        foreach (var payload in payloads)
            CreateBookmark(new CreateBookmarkArgs { Stimulus = payload, Callback = callback, BookmarkName = bookmarkName, IncludeActivityInstanceId = includeActivityInstanceId });
    }

    public Bookmark CreateBookmark(ExecuteActivityDelegate callback, IDictionary<string, string>? metadata = null) =>
        CreateBookmark(new CreateBookmarkArgs { Callback = callback, Metadata = metadata });

    public Bookmark CreateBookmark(object stimulus, ExecuteActivityDelegate? callback, bool includeActivityInstanceId = true, IDictionary<string, string>? customProperties = null) =>
        CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus, Callback = callback, IncludeActivityInstanceId = includeActivityInstanceId, Metadata = customProperties });

    public Bookmark CreateBookmark(object stimulus, bool includeActivityInstanceId, IDictionary<string, string>? customProperties = null) =>
        CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus, IncludeActivityInstanceId = includeActivityInstanceId, Metadata = customProperties });

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

    public void AddBookmarks(IEnumerable<Bookmark> bookmarks)
    {
        foreach (var bookmark in bookmarks)
            AddBookmark(bookmark);
    }

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
