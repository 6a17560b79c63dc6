using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;

namespace Elsa.Persistence;

/// <summary>The runtime's tables: append-only SQL files, run in order of name, each once, in schema <c>elsa</c>.</summary>
public static class ElsaMigrations
{
    /// <summary>Brings the schema up to date.</summary>
    /// <param name="connectionString">A database whose user may create schemas.</param>
    /// <param name="log">Where DbUp says what it does; null for nowhere.</param>
    public static DatabaseUpgradeResult Run(string connectionString, IUpgradeLog? log = null) =>
        DeployChanges.To
            .PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(ElsaMigrations).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .JournalToPostgresqlTable("elsa", "schema_versions")
            .WithTransactionPerScript()
            .LogTo(log ?? new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
}
