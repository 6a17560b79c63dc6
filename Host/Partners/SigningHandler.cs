using System.Globalization;

namespace TongBan.Host.Partners;

/// <summary>Signs each attempt anew: a retry with the old nonce would be refused as a replay.</summary>
internal sealed class SigningHandler([FromKeyedServices(PartnerServices.WallClock)] TimeProvider time) : DelegatingHandler
{
    /// <summary>The secret that a request is signed with.</summary>
    public static readonly HttpRequestOptionsKey<string> Secret = new("TongBan.Partners.Secret");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Secret, out var secret))
            throw new InvalidOperationException("A call to a partner needs the secret to sign it with.");
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Guid.NewGuid().ToString("N");
        Set(request, Signature.TimestampHeader, timestamp);
        Set(request, Signature.NonceHeader, nonce);
        Set(request, Signature.SignatureHeader, Signature.Compute(secret, timestamp, nonce, body));
        return await base.SendAsync(request, cancellationToken);
    }

    private static void Set(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.Add(header, value);
    }
}
