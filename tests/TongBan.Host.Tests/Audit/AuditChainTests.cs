using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using TongBan.Domain.Audit;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Audit;

/// <summary>The audit trail: written with the change, chained, and never changed unnoticed.</summary>
public sealed class AuditChainTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Counter _counter = new(fixture);

    private AuditChain Chain => fixture.Host.Services.GetRequiredService<AuditChain>();

    [Fact]
    public async Task Chain_OfManyCasesAtOnce_IsWhole()
    {
        await _counter.AsAsync("clerk.city");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _counter.OpenAsync()));

        var check = await Chain.VerifyAsync([]);

        check.Problem.ShouldBeNull();
        check.Entries.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public async Task Entry_OfAChange_SaysWhoWhereWhenWhatAndWhy()
    {
        var number = await _counter.OpenAsync();
        using var withdrawn = await (await _counter.AsAsync("clerk.city")).PostAsync($"/api/cases/{number}/withdraw", System.Net.Http.Json.JsonContent.Create(new { reason = "不再办理" }));

        await using var connection = await fixture.Source.OpenConnectionAsync();
        var entry = await connection.QuerySingleAsync(
            "select user_name, role, place, address, what, why from tongban.audit where subject = @subject and act = 'case.withdrawal'", new { subject = AuditTrail.Case(number) });

        ((string)entry.user_name, (string)entry.role, (string)entry.place, (string)entry.why).ShouldBe(("clerk.city", "clerk", "H441300", "不再办理"));
        ((string)entry.address).ShouldBe("127.0.0.1");
    }

    [Theory]
    [InlineData("update tongban.audit set what = 'other'")]
    [InlineData("delete from tongban.audit")]
    [InlineData("truncate tongban.audit")]
    [InlineData("update tongban.timeline set what = 'other'")]
    public async Task Change_ByPlainSql_IsRefused(string sql)
    {
        await _counter.OpenAsync();
        await using var connection = await fixture.Source.OpenConnectionAsync();

        (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("update tongban.audit set why = 'other' where position = 1", "Entry 1 was changed.")]
    [InlineData("delete from tongban.audit where position = 1", "Entries 1 to 1 are missing.")]
    [InlineData("delete from tongban.audit where position = (select max(position) from tongban.audit)", "but")]
    public async Task Change_BehindTheTriggersBack_IsFoundByTheCheck(string sql, string expected)
    {
        await _counter.OpenAsync();
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var head = await connection.QuerySingleAsync<(long Position, byte[] Hash)>("select position, hash from tongban.audit_head");
        // As the owner of the table could; afterwards everything is put back.
        await connection.ExecuteAsync($"create temp table kept as select * from tongban.audit; alter table tongban.audit disable trigger user; {sql}; alter table tongban.audit enable trigger user");
        await transaction.CommitAsync();

        var check = await Chain.VerifyAsync([new(head.Position, Convert.ToHexStringLower(head.Hash))]);
        await connection.ExecuteAsync(
            """
            begin; alter table tongban.audit disable trigger user; delete from tongban.audit where position in (select position from kept);
            insert into tongban.audit select * from kept; alter table tongban.audit enable trigger user; commit; drop table kept
            """);

        check.Problem.ShouldNotBeNull().ShouldContain(expected);
        (await Chain.VerifyAsync([])).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Anchor_ThatTheTrailDoesNotReachAnyMore_IsAProblem()
    {
        var check = await Chain.VerifyAsync([new(1_000_000, new string('0', 64))]);

        check.Problem.ShouldNotBeNull().ShouldContain("noted outside");
    }
}
