using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Host.Start;
using TongBan.Host.Tests.Cases;
using TongBan.Testing;
using Xunit;

namespace TongBan.Host.Tests.Commands;

/// <summary>What an operator does at the console, as a process of its own.</summary>
public sealed class CommandTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task AuditVerify_OfAWholeTrail_EndsWell_AndOfABrokenOneDoesNot()
    {
        await new Counter(fixture).OpenAsync();
        var (whole, said) = await RunAsync("audit", "verify");
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("begin; alter table tongban.audit disable trigger user; update tongban.audit set what = what || '…' where position = 2; alter table tongban.audit enable trigger user; commit");

        var (broken, complaint) = await RunAsync("audit", "verify");
        await connection.ExecuteAsync("begin; alter table tongban.audit disable trigger user; update tongban.audit set what = left(what, -1) where position = 2; alter table tongban.audit enable trigger user; commit");

        (whole, broken).ShouldBe((0, 1));
        said.ShouldContain("whole: ");
        complaint.ShouldContain("broken: Entry 2 was changed.");
    }

    [Fact]
    public async Task UserAdd_MakesAUserWhoHasToChangeTheFirstPassword()
    {
        var (code, said) = await RunAsync("user", "add", "sample.head", "administrator");

        code.ShouldBe(0, said);
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        var check = await scope.ServiceProvider.GetRequiredService<UserStore>().CheckAsync("sample.head", said.Trim().Split(": ")[^1]);
        check.MustChange.ShouldBeTrue();
        check.User.ShouldNotBeNull().Role.ShouldBe(Role.Administrator);
    }

    [Fact]
    public async Task KeysRotate_SealsAgain_AndTheRunningHostReadsOn()
    {
        var counter = new Counter(fixture);
        var number = await counter.OpenAsync();

        var (code, said) = await RunAsync("keys", "rotate");

        code.ShouldBe(0, said);
        (await counter.CaseAsync(number)).GetProperty("applicant").GetProperty("phone").GetString().ShouldBe("138****0000");
    }

    [Fact]
    public async Task Command_ThatThereIsNot_SaysWhichThereAre()
    {
        var (code, said) = await RunAsync("audit", "nonsense");

        code.ShouldBe(2);
        said.ShouldContain("audit verify");
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] command)
    {
        await using var process = HostProcess.Start(
            typeof(Startup).Assembly.Location,
            [.. command, "--environment=Development", $"--ConnectionStrings:TongBan={fixture.ConnectionString}", $"--TongBan:Keys:Master={fixture.MasterKey}", $"--TongBan:DataDirectory={fixture.Folder}"]);
        return (await process.EndedAsync(), process.Output);
    }
}
