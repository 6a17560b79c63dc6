using System.Net;
using System.Net.Http.Json;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Host.Partners;
using TongBan.Host.Start;
using TongBan.Postgres;
using Xunit;

namespace TongBan.Host.Tests.Problems;

public sealed class DatabaseAwayTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tongban-away-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Requests_WhileTheDatabaseIsAway_Are503AndAllGoesOnWhenItIsBack()
    {
        var first = await PrivatePostgres.StartAsync(new() { DataDirectory = _folder });
        var port = new Npgsql.NpgsqlConnectionStringBuilder(first.ConnectionString).Port;
        await using var host = await RunningHost.StartAsync(
            ["--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:TongBan={first.ConnectionString}", $"--TongBan:DataDirectory={_folder}/host"],
            StartScreen.Silent);
        using var client = new HttpClient { BaseAddress = new(host.Address) };
        await first.DisposeAsync();

        using var away = await client.PostAsJsonAsync("/elsa/api/identity/login", new { username = "admin", password = "x" });
        using var notReady = await client.GetAsync("/healthz/ready");
        (await notReady.Content.ReadAsStringAsync()).ShouldNotContain("127.0.0.1", customMessage: "where the database is concerns nobody outside");
        using var alive = await client.GetAsync("/healthz/live");

        away.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        away.Headers.RetryAfter.ShouldNotBeNull();
        (await away.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"database_unavailable\"");
        notReady.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);

        await using var second = await PrivatePostgres.StartAsync(new() { DataDirectory = _folder, Port = port });
        using var back = await client.PostAsJsonAsync("/elsa/api/identity/login", new { username = "admin", password = "x" });
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
        var job = host.Services.GetRequiredService<IBackgroundJobClient>().Enqueue<PartnerMessageJob>(sweep => sweep.SweepAsync());
        var storage = host.Services.GetRequiredService<JobStorage>();
        await Eventually.BecomesAsync(() => Task.FromResult(storage.GetConnection().GetStateData(job)?.Name), state => state == "Succeeded");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
