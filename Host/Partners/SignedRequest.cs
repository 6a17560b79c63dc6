using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using TongBan.Domain;
using TongBan.Host.Problems;

namespace TongBan.Host.Partners;

/// <summary>Reads the body of a request that a partner signed, and refuses those that it did not, came late or came before.</summary>
internal sealed class SignedRequest(NpgsqlConnection connection, [FromKeyedServices(PartnerServices.WallClock)] TimeProvider time)
{
    /// <summary>How far a partner's clock may be off, in seconds.</summary>
    public const int ClockTolerance = 300;

    private const int LongestNonce = 200;

    /// <summary>The raw body, or the problem that stands in its way.</summary>
    /// <param name="request">The request, its body not read yet.</param>
    /// <param name="partner">Who is said to send it; null for nobody known.</param>
    /// <param name="largestBody">In bytes.</param>
    public async Task<(byte[] Body, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, Partner? partner, int largestBody)
    {
        var timestamp = request.Headers[Signature.TimestampHeader].ToString();
        var nonce = request.Headers[Signature.NonceHeader].ToString();
        var signature = request.Headers[Signature.SignatureHeader].ToString();
        if (partner is null || nonce.Length is 0 or > LongestNonce || !IsNow(timestamp))
            return ([], NotSigned());

        var body = await ReadBodyAsync(request, largestBody);
        if (body is null)
            return ([], Problem.Of(StatusCodes.Status413PayloadTooLarge, "too_large", $"内容超过 {largestBody / 1024} KB"));
        if (!Signature.Fits(partner.Secret, timestamp, nonce, body, signature) || !await IsFirstAsync(partner, nonce))
            return ([], NotSigned());
        return (body, null);
    }

    private static ProblemHttpResult NotSigned() =>
        Problem.Of(StatusCodes.Status401Unauthorized, "signature_refused", "签名无效、时间相差超过 300 秒或请求重复");

    private bool IsNow(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= ClockTolerance;

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, int largest)
    {
        if (request.ContentLength > largest)
            return null;
        // The web server's own limit is lower than that of a decision with its files.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = largest + 1L;
        using var body = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await request.Body.ReadAsync(buffer)) > 0)
        {
            if (body.Length + read > largest)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>Stores the nonce; only after the signature, so that nobody else can fill the table.</summary>
    private async Task<bool> IsFirstAsync(Partner partner, string nonce) =>
        await connection.ExecuteAsync(
            "insert into tongban.partner_nonces (partner_kind, partner, nonce, seen_at) values (@kind, @Code, @nonce, @now) on conflict do nothing",
            new { kind = Codes.Of(partner.Kind), partner.Code, nonce, now = time.GetUtcNow() }) == 1;
}
