using Elsa.Persistence;
using TongBan.Testing;

namespace TongBan.Elsa.Tests;

/// <summary>A database with the runtime's tables.</summary>
public sealed class ElsaDatabase : TestDatabase
{
    protected override void Migrate(string connectionString)
    {
        var result = ElsaMigrations.Run(connectionString);
        if (!result.Successful)
            throw result.Error;
    }
}
