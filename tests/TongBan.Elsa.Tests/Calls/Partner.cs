using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TongBan.Elsa.Tests.Calls;

/// <summary>Somebody that workflows call, on the loopback address.</summary>
internal sealed class Partner : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Partner(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string? Key, string Body)> Requests { get; } = [];

    public Uri Address => new(_app.Urls.First());

    public string Host => Address.Authority;

    public static async Task<Partner> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var partner = new Partner(app);
        app.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            partner.Requests.Enqueue((http.Request.Path, http.Request.Headers["Idempotency-Key"], await body.ReadToEndAsync()));
            await answer(http);
        });
        await app.StartAsync();
        return partner;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
