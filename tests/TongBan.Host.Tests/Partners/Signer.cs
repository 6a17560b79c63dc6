using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TongBan.Host.Partners;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Tests.Partners;

/// <summary>Signs requests as a partner does; each part can be made wrong.</summary>
internal sealed record Signer(string Secret)
{
    public string Nonce { get; init; } = Guid.NewGuid().ToString("N");

    public long Timestamp { get; init; } = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public string? IdempotencyKey { get; init; }

    /// <summary>A signer with the secret of the host's sandbox.</summary>
    public static Signer Of(HostFixture fixture) => new(fixture.Host.Services.GetRequiredService<SandboxSecret>().Value);

    public HttpRequestMessage Post(string path, string body)
    {
        var timestamp = Timestamp.ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add(Signature.TimestampHeader, timestamp);
        request.Headers.Add(Signature.NonceHeader, Nonce);
        request.Headers.Add(Signature.SignatureHeader, Signature.Compute(Secret, timestamp, Nonce, Encoding.UTF8.GetBytes(body)));
        if (IdempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", IdempotencyKey);
        return request;
    }
}
