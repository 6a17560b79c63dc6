using Dapper;
using Npgsql;

namespace TongBan.Host.Mail.Bounces;

/// <summary>Which mails of the bounce mailbox were read, in PostgreSQL.</summary>
internal sealed class BounceStore(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>Of these mails those that were read, each with whether it was about a call.</summary>
    public async Task<IReadOnlyDictionary<string, bool>> ReadAsync(IEnumerable<string> uids) =>
        (await connection.QueryAsync<(string Uid, bool IsOurs)>(
            "select uid, call_id is not null from tongban.bounce_mails where uid = any(@uids)", new { uids = uids.ToArray() })).ToDictionary(row => row.Uid, row => row.IsOurs, StringComparer.Ordinal);

    /// <summary>Writes down that a mail was read.</summary>
    /// <returns>False when it was read before, or the same report came in another mail.</returns>
    public async Task<bool> AddAsync(string uid, Guid? call, byte[]? report) =>
        await connection.ExecuteAsync(
            "insert into tongban.bounce_mails (uid, call_id, report, read_at) values (@uid, @call, @report, @now) on conflict do nothing",
            new { uid, call, report, now = time.GetUtcNow() }) == 1;

    /// <summary>Forgets what was read before then and is not in the mailbox any more.</summary>
    public Task ForgetAsync(DateTimeOffset before, IEnumerable<string> present) =>
        connection.ExecuteAsync(
            "delete from tongban.bounce_mails where read_at < @before and uid <> all(@present)", new { before, present = present.ToArray() });
}
