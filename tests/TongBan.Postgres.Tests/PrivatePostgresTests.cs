using System.Diagnostics;
using System.Runtime.Versioning;
using Npgsql;
using Shouldly;
using Xunit;

namespace TongBan.Postgres.Tests;

public sealed class PrivatePostgresTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tongban-postgres-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Start_EmptyFolder_AnswersInUtf8()
    {
        await using var server = await StartAsync();

        (await ScalarAsync(server, "select version()")).ShouldBeOfType<string>().ShouldStartWith("PostgreSQL 18");
        (await ScalarAsync(server, "select upper('通办 é')")).ShouldBe("通办 É");
        (await ScalarAsync(server, "show server_encoding")).ShouldBe("UTF8");
    }

    [Fact]
    public async Task Start_AfterStop_FindsTheData()
    {
        await using (var first = await StartAsync())
            await ScalarAsync(first, "create table kept (name text); insert into kept values ('办件')");

        await using var second = await StartAsync();

        (await ScalarAsync(second, "select name from kept")).ShouldBe("办件");
    }

    [Fact]
    public async Task Start_WhileAnotherOwnsTheFolder_RefusesAndSaysWhatToDo()
    {
        await using var owner = await StartAsync();

        var refusal = await Should.ThrowAsync<PostgresStartException>(StartAsync);

        refusal.Message.ShouldContain("TongBan__DataDirectory");
        (await ScalarAsync(owner, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_AfterTheServerWasKilled_FindsWhatWasCommitted()
    {
        var first = await StartAsync();
        await ScalarAsync(first, "create table kept (name text); insert into kept values ('办件')");
        using (var postmaster = Process.GetProcessById(Postmaster(first)))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync();
        }

        await first.DisposeAsync();
        await using var second = await StartAsync();

        (await ScalarAsync(second, "select name from kept")).ShouldBe("办件");
    }

    [Fact]
    public async Task Start_PidFileOfAnotherProgram_StartsAnyway()
    {
        string pidFile;
        await using (var first = await StartAsync())
            pidFile = Path.Combine(first.DataDirectory, "cluster", "postmaster.pid");
        await File.WriteAllTextAsync(pidFile, $"{Environment.ProcessId}\n");

        await using var second = await StartAsync();

        (await ScalarAsync(second, "select 1")).ShouldBe(1);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Password_AfterStart_IsReadableByItsOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps the folder's access list.");
        await using var server = await StartAsync();

        var mode = File.GetUnixFileMode(Path.Combine(server.DataDirectory, "password"));

        mode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Exists(Path.Combine(server.DataDirectory, "initdb-password")).ShouldBeFalse();
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Start_FolderThatOthersCannotEnterAsRoot_UsesAStandInAndFindsTheDataAgain()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root runs the server as somebody else.");
        var closed = Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var data = Path.Combine(closed.FullName, "data");
        string standIn;
        await using (var first = await PrivatePostgres.StartAsync(new() { DataDirectory = data }))
        {
            standIn = first.DataDirectory;
            standIn.ShouldStartWith("/var/lib/tongban/");
            await ScalarAsync(first, "create table kept (name text); insert into kept values ('办件')");
        }

        await using (var second = await PrivatePostgres.StartAsync(new() { DataDirectory = data }))
            (await ScalarAsync(second, "select name from kept")).ShouldBe("办件");

        Directory.Delete(standIn, recursive: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static int Postmaster(PrivatePostgres server) =>
        int.Parse(File.ReadLines(Path.Combine(server.DataDirectory, "cluster", "postmaster.pid")).First(), provider: null);

    private static async Task<object?> ScalarAsync(PrivatePostgres server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private Task<PrivatePostgres> StartAsync() => PrivatePostgres.StartAsync(new() { DataDirectory = _folder });
}
