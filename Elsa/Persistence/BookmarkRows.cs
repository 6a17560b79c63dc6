using Elsa.Execution;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Npgsql;
using static Elsa.Persistence.Column;

namespace Elsa.Persistence;

internal static class BookmarkRows
{
    public const string Columns = "id, name, hash, payload::text, activity_id, node_id, activity_instance_id, created_at, auto_burn, callback, auto_complete, metadata::text, followed_by";

    private const string Timer = "timer";
    private const string Call = "call";

    /// <param name="row">At a row that ends with <see cref="Columns" />.</param>
    /// <param name="at">Where they begin.</param>
    public static StoredBookmark Read(NpgsqlDataReader row, int at) => new(
        new Bookmark(
            row.GetString(at),
            row.GetString(at + 1),
            row.GetString(at + 2),
            row.IsDBNull(at + 3) ? null : StoredValues.FromJson(row.GetString(at + 3)),
            row.GetString(at + 4),
            row.GetString(at + 5),
            row.GetString(at + 6),
            row.GetFieldValue<DateTimeOffset>(at + 7),
            row.GetBoolean(at + 8),
            row.IsDBNull(at + 9) ? null : row.GetString(at + 9),
            row.GetBoolean(at + 10),
            row.IsDBNull(at + 11) ? null : StoredValues.FromColumn(row.GetString(at + 11)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString() ?? "", StringComparer.Ordinal)),
        row.IsDBNull(at + 12) ? null : row.GetString(at + 12));

    /// <summary>What else hangs on a bookmark, so that it can go with it.</summary>
    public static string? FollowerOf(WorkflowExecutionContext workflow, Bookmark bookmark) =>
        bookmark.Payload is ITimedStimulus ? Timer : workflow.Calls.Exists(call => call.BookmarkId == bookmark.Id) ? Call : null;

    /// <param name="instanceId">Of which instance.</param>
    /// <param name="gone">Bookmarks by id, with what follows each.</param>
    public static IEnumerable<Statement> Delete(string instanceId, IReadOnlyList<KeyValuePair<string, string?>> gone)
    {
        foreach (var (id, _) in gone)
            yield return new("delete from elsa.bookmarks {using} where instance_id = $1 and id = $2", Text(instanceId), Text(id));
        foreach (var (id, _) in gone.Where(bookmark => bookmark.Value == Timer))
            yield return new("delete from elsa.timers {using} where id = $1", Text(id));
        foreach (var (id, _) in gone.Where(bookmark => bookmark.Value == Call))
            yield return new("delete from elsa.calls {using} where bookmark_id = $1", Text(id));
    }

    /// <param name="workflow">The instance.</param>
    /// <param name="bookmark">One that it made.</param>
    /// <param name="index">Which of the burst's it is: they stay in the order in which they were made.</param>
    public static Statement Insert(WorkflowExecutionContext workflow, Bookmark bookmark, int index) => new(
        """
        insert into elsa.bookmarks (instance_id, id, name, hash, activity_id, node_id, activity_instance_id, payload, callback, auto_burn, auto_complete, metadata, created_at, followed_by, number)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 {from}
        """,
        Text(workflow.Id), Text(bookmark.Id), Text(bookmark.Name), Text(bookmark.Hash), Text(bookmark.ActivityId), Text(bookmark.ActivityNodeId), Text(bookmark.ActivityInstanceId),
        Json(StoredValues.PayloadJson(bookmark.Payload)), Text(bookmark.CallbackMethodName), Flag(bookmark.AutoBurn), Flag(bookmark.AutoComplete),
        Json(StoredValues.ToColumn(bookmark.Metadata?.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)))), Moment(bookmark.CreatedAt), Text(FollowerOf(workflow, bookmark)), Number(((long)workflow.Bursts << 32) + index));
}

internal static class TimerRows
{
    /// <summary>The timer that resumes a bookmark. It has its bookmark's id, and goes with it.</summary>
    public static Statement Insert(string instanceId, Bookmark bookmark) => new("insert into elsa.timers (id, instance_id, bookmark_id, due_at) select $1, $2, $1, $3 {from}",
        Text(bookmark.Id), Text(instanceId), Moment(((ITimedStimulus)bookmark.Payload!).DueAt));
}
