using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>The runtime's tables: append-only SQL files, run in order of name, each once, in schema <c>elsa</c>.</summary>
public static class ElsaMigrations
{
    /// <summary>Brings the schema up to date.</summary>
    /// <param name="connectionString">A database whose user may create schemas.</param>
    /// <param name="log">Where DbUp says what it does; null for nowhere.</param>
    public static DatabaseUpgradeResult Run(string connectionString, IUpgradeLog? log = null)
    {
        CreateSchema(connectionString);
        return DeployChanges.To
            .PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(ElsaMigrations).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .JournalToPostgresqlTable("elsa", "schema_versions")
            .WithTransactionPerScript()
            .LogTo(log ?? new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
    }

    /// <summary>DbUp writes its journal before it runs the first script, so the journal's schema has to be there already.</summary>
    private static void CreateSchema(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand("create schema if not exists elsa", connection);
        command.ExecuteNonQuery();
    }
}
