using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;

namespace TongBan.Domain.Migrations;

/// <summary>The domain's tables: append-only SQL files, run in order of name, each once, in schema <c>tongban</c>.</summary>
public static class DomainMigrations
{
    /// <summary>Brings the schema up to date.</summary>
    /// <param name="connectionString">A database whose user may create schemas.</param>
    /// <param name="log">Where DbUp says what it does; null for nowhere.</param>
    public static DatabaseUpgradeResult Run(string connectionString, IUpgradeLog? log = null) =>
        DeployChanges.To
            .PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(DomainMigrations).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .JournalToPostgresqlTable("tongban", "schema_versions")
            .WithTransactionPerScript()
            .LogTo(log ?? new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
}
