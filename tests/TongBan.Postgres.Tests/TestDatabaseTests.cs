using Npgsql;
using Shouldly;
using TongBan.Testing;
using Xunit;

namespace TongBan.Postgres.Tests;

public sealed class TestDatabaseTests(TestDatabaseTests.Seeded seeded)
    : IClassFixture<TestDatabaseTests.Seeded>
{
    [Fact]
    public async Task Database_OfADerivedType_BeginsWithItsMigrations()
    {
        await using var command = seeded.Source.CreateCommand("select count(*) from seeds");

        (await command.ExecuteScalarAsync()).ShouldBe(1L);
    }

    [Fact]
    public async Task Database_OfAnotherFixture_SharesNothingButTheTemplate()
    {
        await using var second = new Seeded();
        await second.InitializeAsync();
        await using var delete = second.Source.CreateCommand("delete from seeds");
        (await delete.ExecuteNonQueryAsync()).ShouldBe(1);

        await using var command = seeded.Source.CreateCommand("select count(*) from seeds");

        (await command.ExecuteScalarAsync()).ShouldBe(1L);
        Seeded.Migrations.ShouldBe(1);
    }

    public sealed class Seeded : TestDatabase
    {
        internal static int Migrations { get; private set; }

        protected override void Migrate(string connectionString)
        {
            Migrations++;
            using var connection = new NpgsqlConnection(connectionString);
            connection.Open();
            using var command = new NpgsqlCommand("create table seeds (name text); insert into seeds values ('种子')", connection);
            command.ExecuteNonQuery();
        }
    }
}
