using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Elsa.Api;
using Elsa.Extensions;
using Elsa.Runtime;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace TongBan.Elsa.Tests.Api;

/// <summary>The API on a port of its own. A bearer token is a comma-separated list of permissions; timers are fired as a host's jobs would.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private Task _timers = Task.CompletedTask;

    private ApiHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<ApiHost> StartAsync(NpgsqlDataSource source, string address = "http://127.0.0.1:0", Action<ElsaRuntimeOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddSingleton(source);
        builder.Services.AddScoped(_ => source.CreateConnection());
        builder.Services.AddElsaRuntime(configure);
        builder.Services.AddElsaApi();
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, PermissionTokens>("Test", null);
        builder.Services.AddAuthorization();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapElsaApi();
        app.MapPost("/elsa/api/identity/login", () => Results.Json(new { isAuthenticated = true, accessToken = "*", refreshToken = "*" }));
        await app.StartAsync();
        var host = new ApiHost(app);
        host._timers = host.FireTimersAsync();
        return host;
    }

    public HttpClient CreateClient(string? permissions = "*")
    {
        var client = new HttpClient { BaseAddress = new Uri(Address, "/elsa/api/") };
        if (permissions is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", permissions);
        return client;
    }

    public Task WaitAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _timers;
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task FireTimersAsync()
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await clock.WaitForNextTickAsync(_stopping.Token))
            {
                await using var scope = _app.Services.CreateAsyncScope();
                var timers = scope.ServiceProvider.GetRequiredService<TimerQueue>();
                foreach (var timer in await timers.FetchDueAsync(TimeProvider.System.GetUtcNow(), 100, _stopping.Token))
                    await timers.FireAsync(timer.Id, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private sealed class PermissionTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer ", StringComparison.Ordinal))
                return Task.FromResult(AuthenticateResult.NoResult());
            var claims = header["Bearer ".Length..].Split(',').Select(permission => new Claim("permissions", permission)).Append(new Claim("sub", "tester"));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "Test")), "Test")));
        }
    }
}
