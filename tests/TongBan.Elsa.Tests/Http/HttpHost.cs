using System.Security.Claims;
using System.Text.Encodings.Web;
using Elsa.Definitions;
using Elsa.Extensions;
using Elsa.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace TongBan.Elsa.Tests.Http;

/// <summary>A host whose workflows are reached over HTTP. The header <c>X-User</c> signs in; <c>boss</c> meets the policy <c>Boss</c>.</summary>
internal sealed class HttpHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpHost(WebApplication app) => (_app, Client) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First() + "/workflows/") });

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<HttpHost> StartAsync(NpgsqlDataSource source, Action<ElsaRuntimeOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddScoped(_ => source.CreateConnection());
        builder.Services.AddElsaRuntime(configure);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, NamedUsers>("Test", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy("Boss", policy => policy.RequireUserName("boss"));
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapElsaHttp();
        await app.StartAsync();
        return new HttpHost(app);
    }

    public async Task PublishAsync(string json)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DefinitionImport>().ImportAsync(json, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class NamedUsers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-User"].ToString() is not { Length: > 0 } user)
                return Task.FromResult(AuthenticateResult.NoResult());
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], "Test")), "Test")));
        }
    }
}
