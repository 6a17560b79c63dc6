using Dapper;
using Npgsql;

namespace TongBan.Domain.People;

/// <summary>Those who sign in, in PostgreSQL.</summary>
public sealed class UserStore(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>After so many wrong passwords in a row an account is closed for <see cref="LockOut"/>.</summary>
    public const int AllowedFailures = 5;

    private const string Columns = "user_name as UserName, name, role, hall, window_number as \"Window\", authority, is_head as IsHead, division";

    /// <summary>How long an account stays closed after too many wrong passwords.</summary>
    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(5);

    /// <summary>Adds a user; false when the name is taken, and then nothing changes.</summary>
    /// <param name="mustChange">Whether the password is only good for choosing another.</param>
    public async Task<bool> AddAsync(User user, string password, bool mustChange = false) =>
        await connection.ExecuteAsync(
            """
            insert into tongban.users (user_name, name, role, hall, window_number, authority, is_head, division, password_hash, must_change, created_at)
            values (@UserName, @Name, @role, @Hall, @Window, @Authority, @IsHead, @Division, @hash, @mustChange, @now)
            on conflict do nothing
            """,
            new { user.UserName, user.Name, role = Codes.Of(user.Role), user.Hall, user.Window, user.Authority, user.IsHead, user.Division, hash = Password.Hash(password), mustChange, now = time.GetUtcNow() }) == 1;

    /// <summary>Writes down who came from a provider, as it describes the person now; null when the account here is disabled or the name is a local user's.</summary>
    public Task<User?> ArriveAsync(string provider, string subject, User user) =>
        connection.QuerySingleOrDefaultAsync<User>(
            $"""
            insert into tongban.users as u (user_name, name, role, hall, window_number, authority, is_head, division, provider, subject, created_at)
            values (@UserName, @Name, @role, @Hall, @Window, @Authority, @IsHead, @Division, @provider, @subject, @now)
            on conflict (user_name) do update set name = excluded.name, role = excluded.role, hall = excluded.hall,
                window_number = excluded.window_number, authority = excluded.authority, is_head = excluded.is_head, division = excluded.division
            where u.provider = @provider and u.subject = @subject and not u.disabled
            returning {Columns}
            """,
            new { user.UserName, user.Name, role = Codes.Of(user.Role), user.Hall, user.Window, user.Authority, user.IsHead, user.Division, provider, subject, now = time.GetUtcNow() });

    /// <summary>A user who may sign in, or null when there is none of the name or it is disabled.</summary>
    public Task<User?> FindAsync(string userName) =>
        connection.QuerySingleOrDefaultAsync<User>(
            $"select {Columns} from tongban.users where lower(user_name) = lower(@userName) and not disabled", new { userName });

    /// <summary>The names that are taken.</summary>
    public async Task<IReadOnlySet<string>> NamesAsync() =>
        (await connection.QueryAsync<string>("select user_name from tongban.users")).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The user whose name and password these are.</summary>
    public async Task<PasswordCheck> CheckAsync(string userName, string password)
    {
        var account = await connection.QuerySingleOrDefaultAsync<Stored>(
            "select password_hash as Hash, locked_until as LockedUntil, must_change as MustChange from tongban.users where lower(user_name) = lower(@userName) and not disabled", new { userName });
        var fits = Password.Fits(password, account?.Hash ?? Password.Unmatchable);
        if (account?.Hash is null || account.LockedUntil > time.GetUtcNow().UtcDateTime)
            return new(null);

        await CountAsync(userName, fits);
        return new(fits ? await FindAsync(userName) : null, account.MustChange);
    }

    /// <summary>Gives the user another password.</summary>
    /// <param name="mustChange">Whether it is only good for choosing another.</param>
    public Task SetPasswordAsync(string userName, string password, bool mustChange = false) =>
        connection.ExecuteAsync(
            "update tongban.users set password_hash = @hash, must_change = @mustChange, failures = 0, locked_until = null where lower(user_name) = lower(@userName) and provider is null",
            new { userName, hash = Password.Hash(password), mustChange });

    /// <summary>Writes what is known of a local user now; false when there is none of the name.</summary>
    public async Task<bool> ChangeAsync(User user) =>
        await connection.ExecuteAsync(
            """
            update tongban.users set name = @Name, role = @role, hall = @Hall, window_number = @Window, authority = @Authority, is_head = @IsHead, division = @Division
            where user_name = @UserName and provider is null
            """,
            new { user.UserName, user.Name, role = Codes.Of(user.Role), user.Hall, user.Window, user.Authority, user.IsHead, user.Division }) == 1;

    /// <summary>Closes or opens an account; false when there is none.</summary>
    public async Task<bool> DisableAsync(string userName, bool disabled) =>
        await connection.ExecuteAsync("update tongban.users set disabled = @disabled where user_name = @userName", new { userName, disabled }) == 1;

    /// <summary>All accounts, by name.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync() =>
        [.. (await connection.QueryAsync<AccountRow>($"select {Columns}, disabled, must_change as MustChange, locked_until as LockedUntil, provider from tongban.users order by user_name"))
            .Select(row => new Account(new(row.UserName, row.Name, row.Role, row.Hall, row.Window, row.Authority, row.IsHead, row.Division), row.Disabled, row.MustChange, row.LockedUntil, row.Provider))];

    private Task<int> CountAsync(string userName, bool fits) =>
        connection.ExecuteAsync(
            """
            update tongban.users set
                failures = case when @fits then 0 when failures + 1 >= @AllowedFailures then 0 else failures + 1 end,
                locked_until = case when not @fits and failures + 1 >= @AllowedFailures then @until end
            where lower(user_name) = lower(@userName) and (not @fits or failures > 0 or locked_until is not null)
            """,
            new { userName, fits, AllowedFailures, until = time.GetUtcNow() + LockOut });

    private sealed record Stored
    {
        public string? Hash { get; init; }

        public DateTime? LockedUntil { get; init; }

        public bool MustChange { get; init; }
    }

    private sealed record AccountRow
    {
        public required string UserName { get; init; }
        public required string Name { get; init; }
        public Role Role { get; init; }
        public string? Hall { get; init; }
        public int? Window { get; init; }
        public string? Authority { get; init; }
        public bool IsHead { get; init; }
        public string? Division { get; init; }
        public bool Disabled { get; init; }
        public bool MustChange { get; init; }
        public DateTime? LockedUntil { get; init; }
        public string? Provider { get; init; }
    }
}
