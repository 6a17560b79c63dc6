using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Elsa.Persistence;
using Hangfire.PostgreSql;
using Npgsql;
using TongBan.Domain.Migrations;
using TongBan.Host.Jobs;

namespace TongBan.Host.Start;

/// <summary>Brings the database up to date, one host at a time.</summary>
internal static class Migrations
{
    /// <summary>An advisory lock of PostgreSQL: hosts that start together wait for the first to migrate.</summary>
    private const long Lock = 0x546F6E6742616E;

    /// <summary>Runs what is missing as the owner, then gives the running host's login its rights.</summary>
    public static void Run(Database database) => Run(database.OwnerConnectionString, database.Login);

    /// <summary>Runs what is missing of every part's migrations.</summary>
    /// <param name="connectionString">The owner's.</param>
    /// <param name="login">The running host's login, when it is another.</param>
    public static void Run(string connectionString, string? login = null)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        // DbUp writes its journal before it runs the first script, so the journal's schema has to be there already.
        using (var wait = new NpgsqlCommand("select pg_advisory_lock(@key); create schema if not exists sandbox", connection) { CommandTimeout = 300 })
        {
            wait.Parameters.AddWithValue("key", Lock);
            try
            {
                wait.ExecuteNonQuery();
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new StartFailure($"The user of ConnectionStrings__TongBan may not create schemas ({e.MessageText}): grant it \"create\" on the database, then start again.", e);
            }
        }

        Check("workflow runtime", ElsaMigrations.Run(connectionString));
        Check("domain", DomainMigrations.Run(connectionString));
        Check("host", RunHosts(connectionString));
        PostgreSqlObjectsInstaller.Install(connection, JobServices.Schema);
        if (login is not null)
            DatabaseRights.Grant(connection, login);
    }

    /// <summary>The host's own tables: the sandbox partners.</summary>
    private static DatabaseUpgradeResult RunHosts(string connectionString) =>
        DeployChanges.To
            .PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(Migrations).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .JournalToPostgresqlTable("sandbox", "schema_versions")
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();

    private static void Check(string part, DatabaseUpgradeResult result)
    {
        if (!result.Successful)
            throw new StartFailure(
                $"Migration {result.ErrorScript?.Name ?? part} failed and changed nothing: {result.Error?.Message} Put right what it names, or give ConnectionStrings__TongBan a database that is TongBan's own, then start again.",
                result.Error);
    }
}
