using System.Net;
using System.Net.Sockets;
using Shouldly;
using TongBan.Host.Start;
using TongBan.Testing;
using Xunit;

namespace TongBan.Host.Tests.Start;

public sealed class StartTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tongban-start-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Start_WithoutAnySetting_UsesAPrivateDatabaseAndFindsItAgain()
    {
        await using (var first = Host())
        {
            await first.ReadyAsync();
            first.Output.ShouldContain("clerk.boluo");
            (await first.TerminateAsync()).ShouldBe(0);
        }

        await using var second = Host();
        var address = await second.ReadyAsync();
        using var client = new HttpClient();
        (await client.GetAsync($"{address}/healthz/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Start_AfterKill_StopsTheServerThatWasLeftAndIsReady()
    {
        await using (var first = Host())
        {
            await first.ReadyAsync();
            await first.KillAsync();
        }

        await using var second = Host();
        await second.ReadyAsync();
        (await second.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Start_PortInUse_SaysSoInOneLine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        (await FailAsync([$"--urls=http://127.0.0.1:{port}", .. Database])).ShouldContain("ASPNETCORE_URLS");
    }

    [Fact]
    public async Task Start_DatabaseThatDoesNotAnswer_SaysSoInOneLine() =>
        (await FailAsync("--ConnectionStrings:TongBan=Host=127.0.0.1;Port=1;Username=x;Password=y;Database=z")).ShouldContain("ConnectionStrings__TongBan");

    [Fact]
    public async Task Start_MigrationThatFails_NamesTheFileInOneLine()
    {
        await using var foreign = new TestDatabase();
        await foreign.InitializeAsync();
        await using var taken = foreign.Source.CreateCommand("create schema tongban; create table tongban.cases (id int)");
        await taken.ExecuteNonQueryAsync();

        var line = await FailAsync($"--ConnectionStrings:TongBan={foreign.ConnectionString}");

        line.ShouldContain(".sql");
        line.ShouldContain("ConnectionStrings__TongBan");
    }

    [Fact]
    public async Task Start_ClockMovedOutsideDevelopment_IsRefused() =>
        (await FailAsync(["--environment=Production", "--TongBan:Time:Offset=1.00:00:00", .. Database])).ShouldContain("TongBan__Time__Offset");

    [Fact]
    public async Task Start_SettingOutOfRange_IsNamed() =>
        (await FailAsync(["--TongBan:Courier:BaseUrl=https://courier.example", "--TongBan:Courier:Secret=short", .. Database])).ShouldContain("TongBan__Courier__Secret");

    [Theory]
    [InlineData("TongBan__Bounces__UserName", "--TongBan:Bounces:Host=pop3.example")]
    [InlineData("Port", "--TongBan:Bounces:Host=pop3.example", "--TongBan:Bounces:UserName=u", "--TongBan:Bounces:Password=p", "--TongBan:Bounces:Port=0")]
    public async Task Start_BounceMailboxThatCannotBeRead_IsNamed(string named, params string[] settings) => (await FailAsync([.. settings, .. Database])).ShouldContain(named);

    [Fact]
    public async Task Start_WithAnotherMasterKey_IsRefusedInOneLine() =>
        (await FailAsync($"--ConnectionStrings:TongBan={fixture.ConnectionString}")).ShouldContain("TongBan__Keys__Master");

    [Fact]
    public async Task Start_OutsideDevelopment_MakesNoUsers()
    {
        await using var empty = new TestDatabase();
        await empty.InitializeAsync();
        await using var host = HostProcess.Start(typeof(Startup).Assembly.Location, "--environment=Production", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:TongBan={empty.ConnectionString}", $"--TongBan:DataDirectory={_folder}");
        await host.ReadyAsync();

        await using var command = empty.Source.CreateCommand("select count(*) from tongban.users");
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
        host.Output.ShouldNotContain("TongBan-2026!");
        (await host.TerminateAsync()).ShouldBe(0);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The database of the fixture's host, and the key that opens what is sealed in it.</summary>
    private string[] Database => [$"--ConnectionStrings:TongBan={fixture.ConnectionString}", $"--TongBan:Keys:Master={fixture.MasterKey}"];

    private HostProcess Host() => HostProcess.Start(typeof(Startup).Assembly.Location, "--environment=Development", "--urls=http://127.0.0.1:0", $"--TongBan:DataDirectory={_folder}");

    private async Task<string> FailAsync(params string[] arguments)
    {
        await using var host = HostProcess.Start(typeof(Startup).Assembly.Location, ["--environment=Development", "--urls=http://127.0.0.1:0", $"--TongBan:DataDirectory={_folder}", .. arguments]);
        (await host.EndedAsync()).ShouldNotBe(0);
        return host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Single(line => !line.StartsWith("ok ", StringComparison.Ordinal));
    }
}
