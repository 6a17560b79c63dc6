using Dapper;
using Npgsql;

namespace TongBan.Domain.People;

/// <summary>Those who sign in, in PostgreSQL.</summary>
public sealed class UserStore(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>After so many wrong passwords in a row an account is closed for <see cref="LockOut"/>.</summary>
    public const int AllowedFailures = 5;

    private const string Columns = "user_name as UserName, name, role, hall, window_number as \"Window\", authority, is_head as IsHead";

    /// <summary>How long an account stays closed after too many wrong passwords.</summary>
    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(5);

    /// <summary>Adds a user; false when the name is taken, and then nothing changes.</summary>
    public async Task<bool> AddAsync(User user, string password) =>
        await connection.ExecuteAsync(
            """
            insert into tongban.users (user_name, name, role, hall, window_number, authority, is_head, password_hash, created_at)
            values (@UserName, @Name, @role, @Hall, @Window, @Authority, @IsHead, @hash, @now)
            on conflict do nothing
            """,
            new { user.UserName, user.Name, role = Codes.Of(user.Role), user.Hall, user.Window, user.Authority, user.IsHead, hash = Password.Hash(password), now = time.GetUtcNow() }) == 1;

    /// <summary>A user who may sign in, or null when there is none of the name or it is disabled.</summary>
    public Task<User?> FindAsync(string userName) =>
        connection.QuerySingleOrDefaultAsync<User>(
            $"select {Columns} from tongban.users where lower(user_name) = lower(@userName) and not disabled", new { userName });

    /// <summary>The names that are taken.</summary>
    public async Task<IReadOnlySet<string>> NamesAsync() =>
        (await connection.QueryAsync<string>("select user_name from tongban.users")).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The user whose name and password these are; null for a wrong or disabled one and while locked out.</summary>
    public async Task<User?> CheckAsync(string userName, string password)
    {
        var account = await connection.QuerySingleOrDefaultAsync<Account>(
            "select password_hash as Hash, locked_until as LockedUntil from tongban.users where lower(user_name) = lower(@userName) and not disabled", new { userName });
        var fits = Password.Fits(password, account?.Hash ?? Password.Unmatchable);
        if (account is null || account.LockedUntil > time.GetUtcNow().UtcDateTime)
            return null;

        await CountAsync(userName, fits);
        return fits ? await FindAsync(userName) : null;
    }

    private Task<int> CountAsync(string userName, bool fits) =>
        connection.ExecuteAsync(
            """
            update tongban.users set
                failures = case when @fits then 0 when failures + 1 >= @AllowedFailures then 0 else failures + 1 end,
                locked_until = case when not @fits and failures + 1 >= @AllowedFailures then @until end
            where lower(user_name) = lower(@userName) and (not @fits or failures > 0 or locked_until is not null)
            """,
            new { userName, fits, AllowedFailures, until = time.GetUtcNow() + LockOut });

    private sealed record Account
    {
        public required string Hash { get; init; }

        public DateTime? LockedUntil { get; init; }
    }
}
