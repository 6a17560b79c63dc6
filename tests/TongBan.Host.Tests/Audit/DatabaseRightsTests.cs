using Dapper;
using Npgsql;
using Shouldly;
using TongBan.Host.Start;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Audit;

/// <summary>A host whose login owns nothing, as on the private PostgreSQL and with two connection strings: it works, and cannot touch the audit trail.</summary>
public sealed class DatabaseRightsTests(DatabaseRightsTests.Fixture fixture) : IClassFixture<DatabaseRightsTests.Fixture>
{
    [Fact]
    public async Task Host_WithALoginOfItsOwn_BringsACaseToItsEnd()
    {
        var counter = new Counter(fixture);
        var number = await counter.AcceptedAsync();
        await counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        await counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "照-" + number });
        await counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched");

        (await counter.EndsAsync(number)).ShouldBe("archived");
    }

    [Theory]
    [InlineData("update tongban.audit set what = 'other'")]
    [InlineData("delete from tongban.audit")]
    [InlineData("insert into tongban.audit select * from tongban.audit limit 0")]
    [InlineData("truncate tongban.audit")]
    [InlineData("update tongban.audit_head set position = 0")]
    [InlineData("alter table tongban.audit disable trigger all")]
    [InlineData("drop trigger audit_final on tongban.audit")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("create or replace function tongban.audit_is_final() returns trigger language plpgsql as 'begin return old; end'")]
    [InlineData("delete from tongban.timeline")]
    [InlineData("update tongban.personal_keys set wrapped = ''")]
    [InlineData("create table tongban.other (id int)")]
    public async Task Login_OfTheHost_MayNot(string sql)
    {
        await using var connection = new NpgsqlConnection(fixture.HostConnectionString);

        (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    public sealed class Fixture : HostFixture
    {
        /// <summary>The login is the server's, not the database's: every run of this class shares it, with a password of its own.</summary>
        internal string HostConnectionString { get; private set; } = "";

        protected override IEnumerable<string> Settings
        {
            get
            {
                HostConnectionString = DatabaseRights.CreateLoginAsync(ConnectionString).GetAwaiter().GetResult();
                // Who takes the database away afterwards has to be able to end the host's connections.
                using var owner = new NpgsqlConnection(ConnectionString);
                owner.Execute($"grant {new NpgsqlConnectionStringBuilder(HostConnectionString).Username} to current_user");
                return [$"--ConnectionStrings:TongBanOwner={ConnectionString}", $"--ConnectionStrings:TongBan={HostConnectionString}"];
            }
        }
    }
}
