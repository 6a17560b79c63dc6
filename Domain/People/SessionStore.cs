using Dapper;
using Npgsql;

namespace TongBan.Domain.People;

/// <summary>What became of a refresh token.</summary>
public enum RefreshOutcome
{
    /// <summary>It was good, and is used up now.</summary>
    Rotated,

    /// <summary>Its session ended, ran out or never was.</summary>
    Over,

    /// <summary>It had been used before; its session is ended now.</summary>
    Reused,
}

/// <summary>Sessions in PostgreSQL.</summary>
public sealed class SessionStore(NpgsqlConnection connection, TimeProvider time)
{
    private const int LongestAgent = 200;

    private const string Columns =
        "id, user_name as UserName, kind, opened_at as OpenedAt, seen_at as SeenAt, expires_at as ExpiresAt, address, agent, ended_at as EndedAt, end_reason as EndReason";

    /// <summary>Opens a session.</summary>
    /// <param name="refreshHash">The hash of its first refresh token; null for a cookie.</param>
    public async Task<Guid> OpenAsync(string userName, SessionKind kind, TimeSpan lifetime, byte[]? refreshHash, string? address, string? agent)
    {
        var id = Guid.CreateVersion7();
        var now = time.GetUtcNow();
        await connection.ExecuteAsync(
            """
            insert into tongban.sessions (id, user_name, kind, opened_at, seen_at, expires_at, address, agent, refresh_hash)
            values (@id, @userName, @kind, @now, @now, @until, @address, @agent, @refreshHash)
            """,
            new { id, userName, kind = Codes.Of(kind), now, until = now + lifetime, address, agent = agent?.Length > LongestAgent ? agent[..LongestAgent] : agent, refreshHash });
        return id;
    }

    /// <summary>Whether the session is open and its person may still sign in.</summary>
    public Task<bool> IsOpenAsync(Guid id) =>
        connection.ExecuteScalarAsync<bool>(
            """
            select exists (select from tongban.sessions s join tongban.users u using (user_name)
                where s.id = @id and s.ended_at is null and s.expires_at > @now and not u.disabled)
            """,
            new { id, now = time.GetUtcNow() });

    /// <summary>Uses up a refresh token. The row's lock decides between two who show it at once: the later one used it again.</summary>
    public async Task<RefreshOutcome> RotateAsync(Guid id, byte[] used, byte[] next)
    {
        var now = time.GetUtcNow();
        var rotated = await connection.ExecuteAsync(
            "update tongban.sessions set refresh_hash = @next, seen_at = @now where id = @id and refresh_hash = @used and ended_at is null and expires_at > @now",
            new { id, used, next, now });
        if (rotated == 1)
            return RefreshOutcome.Rotated;
        return await EndAsync(id, SessionEnd.TokenReused, "system") ? RefreshOutcome.Reused : RefreshOutcome.Over;
    }

    /// <summary>Ends a session; false when it was over already.</summary>
    public async Task<bool> EndAsync(Guid id, SessionEnd reason, string by) =>
        await connection.ExecuteAsync(
            "update tongban.sessions set ended_at = @now, ended_by = @by, end_reason = @reason where id = @id and ended_at is null and expires_at > @now",
            new { id, by, reason = Codes.Of(reason), now = time.GetUtcNow() }) == 1;

    /// <summary>Ends all of a person's sessions.</summary>
    /// <returns>Those that were open.</returns>
    public async Task<IReadOnlyList<Guid>> EndAllAsync(string userName, SessionEnd reason, string by) =>
        (await connection.QueryAsync<Guid>(
            "update tongban.sessions set ended_at = @now, ended_by = @by, end_reason = @reason where user_name = @userName and ended_at is null and expires_at > @now returning id",
            new { userName, by, reason = Codes.Of(reason), now = time.GetUtcNow() })).AsList();

    /// <summary>The session, or null.</summary>
    public async Task<Session?> FindAsync(Guid id) =>
        (await connection.QuerySingleOrDefaultAsync<Row>($"select {Columns} from tongban.sessions where id = @id", new { id }))?.ToSession();

    /// <summary>Open sessions, newest first: a person's, or everybody's.</summary>
    public async Task<Page<Session>> ListAsync(string? userName, int page, int pageSize)
    {
        var rows = (await connection.QueryAsync<Row>(
            $"""
            select {Columns}, count(*) over ()::int as Total from tongban.sessions
            where ended_at is null and expires_at > @now and (@userName::text is null or user_name = @userName)
            order by opened_at desc limit @pageSize offset @skip
            """,
            new { userName, now = time.GetUtcNow(), pageSize, skip = page * (long)pageSize })).AsList();
        return new([.. rows.Select(row => row.ToSession())], rows.Count > 0 ? rows[0].Total : 0);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public required string UserName { get; init; }
        public SessionKind Kind { get; init; }
        public DateTime OpenedAt { get; init; }
        public DateTime SeenAt { get; init; }
        public DateTime ExpiresAt { get; init; }
        public string? Address { get; init; }
        public string? Agent { get; init; }
        public DateTime? EndedAt { get; init; }
        public SessionEnd? EndReason { get; init; }
        public int Total { get; init; }

        public Session ToSession() => new(Id, UserName, Kind, OpenedAt, SeenAt, ExpiresAt, Address, Agent, EndedAt, EndReason);
    }
}
