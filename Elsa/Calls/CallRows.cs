using Elsa.Persistence;
using static Elsa.Persistence.Column;

namespace Elsa.Calls;

internal static class CallRows
{
    public static Statement Insert(string instanceId, DateTimeOffset now, NewCall call) => new(
        "insert into elsa.calls (id, instance_id, bookmark_id, kind, request, most_attempts, due_at, created_at) select $1, $2, $3, $4, $5, $6, $7, $7 {from}",
        Text(call.Id), Text(instanceId), Text(call.BookmarkId), Text(call.Kind), Json(call.Request), Number(call.MostAttempts), Moment(now));
}
