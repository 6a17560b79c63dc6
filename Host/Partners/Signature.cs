using System.Security.Cryptography;
using System.Text;

namespace TongBan.Host.Partners;

/// <summary>
/// What proves that a request came from somebody who shares the secret: lower-case hex of
/// HMAC-SHA256(secret, timestamp + "\n" + nonce + "\n" + raw body).
/// </summary>
internal static class Signature
{
    public const string TimestampHeader = "X-Timestamp";
    public const string NonceHeader = "X-Nonce";
    public const string SignatureHeader = "X-Signature";

    public static string Compute(string secret, string timestamp, string nonce, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    /// <summary>Compares in the same time wherever the difference is.</summary>
    public static bool Fits(string secret, string timestamp, string nonce, ReadOnlySpan<byte> body, string signature) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Compute(secret, timestamp, nonce, body)),
            Encoding.UTF8.GetBytes(signature));
}
