using Dapper;
using Npgsql;

namespace TongBan.Domain.Audit;

/// <summary>An entry of the audit trail.</summary>
public sealed record AuditEntry(
    long Position, DateTimeOffset At, string UserName, string ActorName, string Role, string? Place, string? Address, string Act, string Subject, string What, string? Why);

/// <summary>What to look for; null is anything.</summary>
/// <param name="Before">Entries before this position: the way to the next page.</param>
public sealed record AuditFilter(string? Subject = null, string? UserName = null, string? Act = null, DateTimeOffset? From = null, DateTimeOffset? Until = null, long? Before = null, int Take = 50);

/// <summary>Reads the audit trail.</summary>
public sealed class AuditStore(NpgsqlConnection connection)
{
    /// <summary>Entries, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter) =>
        [.. (await connection.QueryAsync<Row>(
            """
            select position, at, user_name as UserName, actor_name as ActorName, role, place, address, act, subject, what, why
            from tongban.audit
            where (@Before::bigint is null or position < @Before) and (@Subject::text is null or subject = @Subject)
                and (@UserName::text is null or user_name = @UserName) and (@Act::text is null or act = @Act)
                and (@From::timestamptz is null or at >= @From) and (@Until::timestamptz is null or at < @Until)
            order by position desc limit @Take
            """,
            new { filter.Before, filter.Subject, filter.UserName, filter.Act, From = filter.From?.ToUniversalTime(), Until = filter.Until?.ToUniversalTime(), filter.Take })).Select(row => row.ToEntry())];

    private sealed record Row
    {
        public long Position { get; init; }
        public DateTime At { get; init; }
        public required string UserName { get; init; }
        public required string ActorName { get; init; }
        public required string Role { get; init; }
        public string? Place { get; init; }
        public string? Address { get; init; }
        public required string Act { get; init; }
        public required string Subject { get; init; }
        public required string What { get; init; }
        public string? Why { get; init; }

        public AuditEntry ToEntry() => new(Position, At, UserName, ActorName, Role, Place, Address, Act, Subject, What, Why);
    }
}
