using System.Net;
using System.Net.Sockets;
using Dapper;
using Npgsql;
using Shouldly;
using TongBan.Host.Demo;
using TongBan.Host.Start;
using TongBan.Testing;
using Xunit;

namespace TongBan.Host.Tests.Start;

/// <summary>kill -9 at random moments: what was answered is kept, and partners see each thing once.</summary>
public sealed class KillTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private const int Kills = 20;
    private const int CasesAtOnce = 3;

    /// <summary>So long that only a case that was lost reaches it.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(15);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tongban-kill-" + Guid.NewGuid().ToString("N"));
    private readonly int _port = FreePort();

    // The same moments each time, as far as the machine's load lets them be.
    private readonly Random _random = new(20261122);
    private readonly List<DemoCase> _cases = [];
    private volatile bool _isKilling = true;

    [Fact]
    public async Task Host_KilledTwentyTimesWhileCasesRun_LosesAndRepeatsNothing()
    {
        var host = Start();
        await host.ReadyAsync();
        var work = Task.Run(WorkAsync);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(_random.Next(50, 4000));
            await host.KillAsync();
            await host.DisposeAsync();
            host = Start();
            await host.ReadyAsync();
        }

        _isKilling = false;
        await work;
        await using (host)
            (await host.TerminateAsync()).ShouldBe(0);

        await using var connection = await database.Source.OpenConnectionAsync();
        await ShouldBeCompleteAsync(connection);
        await ShouldRepeatNothingAsync(connection);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private HostProcess Start() => HostProcess.Start(typeof(Startup).Assembly.Location,
        "--environment=Development", $"--urls=http://127.0.0.1:{_port}", $"--ConnectionStrings:TongBan={database.ConnectionString}",
        $"--TongBan:DataDirectory={_folder}", "--TongBan:Sandbox:Delay=00:00:00.3");

    /// <summary>Keeps some cases going until the kills are over, then brings all to their end.</summary>
    private async Task WorkAsync()
    {
        var address = $"http://127.0.0.1:{_port}";
        using var admin = new DemoPerson(address, "admin");
        var staff = new[] { "clerk.city", "approver.boluo", "approver.city", "logistics.city" }.Select(name => new DemoPerson(address, name)).ToList();
        foreach (var person in staff.Append(admin))
            await InsistAsync(person.SignInAsync);
        var desk = new DemoDesk(_cases, admin);
        using var stuck = new CancellationTokenSource(Stuck);
        while (_isKilling || _cases.Any(@case => !@case.IsArchived))
        {
            stuck.IsCancellationRequested.ShouldBeFalse("Cases that no longer move: " + string.Join(", ", _cases.Where(@case => !@case.IsArchived).Select(@case => @case.Number)));
            if (_isKilling && _cases.Count(@case => !@case.IsArchived) < CasesAtOnce)
            {
                foreach (var @case in DemoCase.OfEachMode())
                {
                    await InsistAsync(() => @case.OpenAsync(staff[0]));
                    _cases.Add(@case);
                }
            }

            foreach (var person in staff)
                await InsistAsync(() => desk.WorkAsync(person));
            foreach (var @case in _cases.Where(@case => !@case.IsArchived))
                await InsistAsync(async () => Look(@case, (await admin.GetAsync($"/api/cases/{@case.Number}")).GetProperty("state").GetString()!));
        }

        staff.ForEach(person => person.Dispose());
    }

    private static void Look(DemoCase @case, string state)
    {
        if (state == "archived")
            @case.Archived();
    }

    /// <summary>What a person does when the page does not answer: the same again. What had been done already is a 409.</summary>
    private static async Task InsistAsync(Func<Task> act)
    {
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or DemoFailure { Status: 503 })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
            catch (DemoFailure failure) when (failure.Status == 409)
            {
                return;
            }
        }
    }

    private async Task ShouldBeCompleteAsync(NpgsqlConnection connection)
    {
        var numbers = _cases.Select(@case => @case.Number).ToArray();
        (await connection.ExecuteScalarAsync<int>("select count(*) from tongban.cases")).ShouldBe(numbers.Length);
        (await connection.ExecuteScalarAsync<int>("select count(*) from tongban.cases where state = 'archived' and number = any(@numbers)", new { numbers })).ShouldBe(numbers.Length);
        (await connection.ExecuteScalarAsync<int>("select count(*) from tongban.decisions")).ShouldBe(numbers.Length);
        (await connection.ExecuteScalarAsync<int>("select count(*) from tongban.incidents")).ShouldBe(0);
        (await connection.ExecuteScalarAsync<int>("select count(*) from sandbox.callbacks where delivered_at is null")).ShouldBe(0);
    }

    private async Task ShouldRepeatNothingAsync(NpgsqlConnection connection)
    {
        // One parcel for each shipment, one pushed case for each case in mode 1, one message for each that was written.
        (await connection.ExecuteScalarAsync<int>("select count(*) from sandbox.orders")).ShouldBe(await connection.ExecuteScalarAsync<int>("select count(*) from tongban.shipments"));
        (await connection.ExecuteScalarAsync<int>("select count(*) from sandbox.cases")).ShouldBe(_cases.Count(@case => @case.Mode == 1));
        (await connection.ExecuteScalarAsync<int>("select count(distinct (case_number, step, operation)) - count(*) from tongban.partner_calls")).ShouldBe(0);
        (await connection.ExecuteScalarAsync<int>("select count(*) - count(distinct (recipient_mark, kind, text)) from sandbox.messages")).ShouldBe(0);
        (await connection.ExecuteScalarAsync<int>("select count(*) - count(distinct number) from tongban.notices")).ShouldBe(0);
    }
}
