using System.Security.Cryptography;
using Npgsql;

namespace TongBan.Host.Start;

/// <summary>
/// What the running host may do in the database: read and write rows, but neither change nor delete what is only added to, and
/// nothing to tables themselves. It takes a login of its own; migrations run as the owner.
/// </summary>
internal static class DatabaseRights
{
    private const string PrivateLogin = "tongban_host";
    private const int PasswordBytes = 24;

    /// <summary>Makes the login on a private server, with a new password at each start.</summary>
    /// <returns>The login's connection string.</returns>
    public static async Task<string> CreateLoginAsync(string ownerConnectionString)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        // Utility statements take no parameters; the password is hex of our own making.
        await using var command = new NpgsqlCommand(
            $"""
            do $$ begin
                if not exists (select from pg_roles where rolname = '{PrivateLogin}') then create role {PrivateLogin}; end if;
            end $$;
            alter role {PrivateLogin} with login nocreatedb nocreaterole password '{password}';
            """,
            connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ownerConnectionString) { Username = PrivateLogin, Password = password }.ConnectionString;
    }

    /// <summary>Grants the login what it needs; again after each migration, for new tables.</summary>
    public static void Grant(NpgsqlConnection owner, string login)
    {
        using var quote = new NpgsqlCommand("select quote_ident(@login)", owner);
        quote.Parameters.AddWithValue("login", login);
        var name = (string)quote.ExecuteScalar()!;
        using var grant = new NpgsqlCommand(
            $"""
            grant usage on schema tongban, elsa, sandbox, hangfire to {name};
            grant select, insert, update, delete on all tables in schema tongban, elsa, sandbox, hangfire to {name};
            grant usage, select, update on all sequences in schema tongban, elsa, sandbox, hangfire to {name};
            revoke insert, update, delete on tongban.audit, tongban.audit_head from {name};
            revoke update, delete on tongban.timeline, tongban.workflow_acts, tongban.personal_keys from {name};
            revoke insert, update, delete on tongban.schema_versions, elsa.schema_versions, sandbox.schema_versions from {name};
            """,
            owner);
        grant.ExecuteNonQuery();
    }
}
