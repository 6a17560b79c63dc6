using Npgsql;
using TongBan.Domain.Migrations;
using TongBan.Domain.Seed;
using TongBan.Testing;

namespace TongBan.Domain.Tests;

/// <summary>A database with the domain's tables and the shipped city.</summary>
public sealed class CityDatabase : TestDatabase
{
    /// <inheritdoc/>
    protected override void Migrate(string connectionString)
    {
        var upgrade = DomainMigrations.Run(connectionString);
        if (!upgrade.Successful)
        {
            throw upgrade.Error;
        }

        using var source = NpgsqlDataSource.Create(connectionString);
        CitySeed.RunAsync(source).GetAwaiter().GetResult();
    }
}
