using Elsa.Persistence;
using Npgsql;

namespace Elsa.Calls;

internal static class CallRows
{
    public static NpgsqlBatchCommand Insert(string instanceId, DateTimeOffset now, IReadOnlyList<NewCall> calls) => new(
        """
        insert into elsa.calls (id, instance_id, bookmark_id, kind, request, most_attempts, due_at, created_at)
        select id, $1, bookmark_id, kind, request::json, most_attempts, $2, $2 from unnest($3, $4, $5, $6, $7) as c(id, bookmark_id, kind, request, most_attempts)
        """)
    {
        Parameters =
        {
            new() { Value = instanceId }, new() { Value = now.UtcDateTime }, Columns.Texts(calls.Select(call => call.Id)), Columns.Texts(calls.Select(call => call.BookmarkId)),
            Columns.Texts(calls.Select(call => call.Kind)), Columns.Texts(calls.Select(call => call.Request)), Columns.Numbers(calls.Select(call => call.MostAttempts)),
        },
    };
}
