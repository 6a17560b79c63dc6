using Dapper;
using Elsa.Workflows.Models;
using Npgsql;
using static Elsa.Persistence.Column;

namespace Elsa.Persistence;

/// <summary>A stimulus that waits for its bookmark.</summary>
/// <param name="Hash">Of its name and payload.</param>
internal sealed record Stimulus(string Hash)
{
    public string? InstanceId { get; init; }

    public string? CorrelationId { get; init; }

    public string? ActivityInstanceId { get; init; }

    public string? Input { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public bool Matches(Bookmark bookmark) => bookmark.Hash == Hash && (ActivityInstanceId is null || ActivityInstanceId == bookmark.ActivityInstanceId);

    public Dictionary<string, object> ReadInput() => StoredValues.FromColumn(Input);
}

/// <summary>A bookmark that a stimulus matches.</summary>
internal sealed record MatchedBookmark(string InstanceId, string BookmarkId);

/// <summary>A trigger that a stimulus matches.</summary>
internal sealed record MatchedTrigger(string VersionId, string ActivityId);

internal sealed class StimulusStore(DatabaseSession session, TimeProvider time)
{
    /// <summary>How long a stimulus that nothing waits for is kept.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(10);

    /// <summary>A parent may be suspended elsewhere when its child ends; nobody will send that again.</summary>
    public static readonly TimeSpan ForChildren = TimeSpan.FromDays(3650);

    /// <summary>Holds hashes shared until the commit, and then answers those that a stimulus waits for; see <see cref="PassAsync" />.</summary>
    public static Query WaitingOf(string[] hashes) => new("select elsa.waiting_of($1)", new NpgsqlParameter<string[]> { TypedValue = hashes });

    public Task StoreAsync(Stimulus stimulus, CancellationToken ct) => session.WriteAsync(
    [
        new("insert into elsa.stimuli (hash, instance_id, correlation_id, activity_instance_id, input, created_at, expires_at) select $1, $2, $3, $4, $5, $6, $7 {from}",
            Text(stimulus.Hash), Text(stimulus.InstanceId), Text(stimulus.CorrelationId), Text(stimulus.ActivityInstanceId), Json(stimulus.Input), Moment(stimulus.CreatedAt), Moment(stimulus.ExpiresAt)),
    ], ct);

    /// <summary>Waits until every burst that was storing a bookmark of this hash has committed; to be called outside of a transaction, with nothing held.</summary>
    public Task PassAsync(string hash, CancellationToken ct) => session.InTransactionAsync(
        token => session.Connection.ExecuteAsync(new("select pg_advisory_xact_lock(hashtextextended(@hash, 2))", new { hash }, cancellationToken: token)), ct);

    /// <summary>Takes the oldest waiting stimulus that an instance may have. One that another host is taking is passed over.</summary>
    public async Task<Stimulus?> ClaimForAsync(string hash, string instanceId, CancellationToken ct)
    {
        await session.FlushAsync(ct);
        var row = await session.Connection.QuerySingleOrDefaultAsync<(string Hash, string? InstanceId, string? CorrelationId, string? ActivityInstanceId, string? Input, DateTime CreatedAt, DateTime ExpiresAt)?>(new(
            """
            delete from elsa.stimuli where id = (
                select s.id from elsa.stimuli s
                where s.hash = @hash and s.expires_at > @now
                  and (s.instance_id is null or s.instance_id = @instanceId)
                  and (s.correlation_id is null or s.correlation_id = (select correlation_id from elsa.instances where id = @instanceId))
                order by s.id limit 1 for update skip locked)
            returning hash, instance_id, correlation_id, activity_instance_id, input::text, created_at, expires_at
            """,
            new { hash, instanceId, now = time.GetUtcNow().UtcDateTime },
            cancellationToken: ct));
        return row is not { } found ? null : new Stimulus(found.Hash)
        {
            InstanceId = found.InstanceId,
            CorrelationId = found.CorrelationId,
            ActivityInstanceId = found.ActivityInstanceId,
            Input = found.Input,
            CreatedAt = found.CreatedAt,
            ExpiresAt = found.ExpiresAt,
        };
    }

    /// <summary>The bookmarks that wait for a stimulus, in order of instance, so that two senders lock in the same order.</summary>
    public async Task<IReadOnlyList<MatchedBookmark>> FindBookmarksAsync(Stimulus stimulus, string? bookmarkId, CancellationToken ct)
    {
        await session.FlushAsync(ct);
        return (await session.Connection.QueryAsync<MatchedBookmark>(new(
            """
            select b.instance_id as "InstanceId", b.id as "BookmarkId" from elsa.bookmarks b join elsa.instances i on i.id = b.instance_id
            where b.hash = @Hash and i.status = 'Running'
              and (@InstanceId::text is null or b.instance_id = @InstanceId)
              and (@CorrelationId::text is null or i.correlation_id = @CorrelationId)
              and (@ActivityInstanceId::text is null or b.activity_instance_id = @ActivityInstanceId)
              and (@bookmarkId::text is null or b.id = @bookmarkId)
            order by b.instance_id, b.number
            """,
            new { stimulus.Hash, stimulus.InstanceId, stimulus.CorrelationId, stimulus.ActivityInstanceId, bookmarkId },
            cancellationToken: ct))).AsList();
    }

    public async Task<IReadOnlyList<MatchedTrigger>> FindTriggersAsync(string hash, CancellationToken ct)
    {
        await session.BeginAsync(ct);
        return (await session.Connection.QueryAsync<MatchedTrigger>(new(
            """select version_id as "VersionId", activity_id as "ActivityId" from elsa.triggers where hash = @hash""", new { hash }, cancellationToken: ct))).AsList();
    }

    /// <summary>Waiting stimuli whose bookmark exists: left behind by a host that stopped between a commit and its delivery.</summary>
    public async Task<IReadOnlyList<(string Hash, string InstanceId)>> FindUndeliveredAsync(int limit, CancellationToken ct) =>
        (await session.Connection.QueryAsync<(string, string)>(new(
            """
            select distinct s.hash, b.instance_id from elsa.stimuli s
            join elsa.bookmarks b on b.hash = s.hash join elsa.instances i on i.id = b.instance_id
            where i.status = 'Running' and s.expires_at > @now
              and (s.instance_id is null or s.instance_id = b.instance_id) and (s.correlation_id is null or s.correlation_id = i.correlation_id)
            limit @limit
            """,
            new { limit, now = time.GetUtcNow().UtcDateTime },
            cancellationToken: ct))).AsList();

    public Task<int> DeleteExpiredAsync(CancellationToken ct) =>
        session.Connection.ExecuteAsync(new("delete from elsa.stimuli where expires_at <= @now", new { now = time.GetUtcNow().UtcDateTime }, cancellationToken: ct));
}
