using System.Security.Cryptography;
using System.Text;

namespace TongBan.Domain.Privacy;

/// <summary>One key of the ring: what seals, and what marks for finding, are derived from it apart.</summary>
internal sealed class PersonalKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _sealing;
    private readonly byte[] _marking;

    public PersonalKey(int id, byte[] secret)
    {
        Id = id;
        _sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Length, info: "TongBan seal"u8.ToArray());
        _marking = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, Length, info: "TongBan mark"u8.ToArray());
    }

    /// <summary>Its number in the ring.</summary>
    public int Id { get; }

    /// <summary>Nonce, tag and cipher text.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string bound) => Seal(_sealing, plain, bound);

    /// <summary>What was sealed for the same place; throws when it was changed or moved.</summary>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string bound) => Open(_sealing, sealedBytes, bound);

    /// <summary>The keyed hash of a value of this kind.</summary>
    public byte[] Mark(string kind, string value) => HMACSHA256.HashData(_marking, Encoding.UTF8.GetBytes($"{kind}\n{value}"));

    internal static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, string bound)
    {
        var result = new byte[NonceLength + TagLength + plain.Length];
        var nonce = result.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceLength + TagLength), result.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(bound));
        return result;
    }

    internal static byte[] Open(byte[] key, ReadOnlySpan<byte> sealedBytes, string bound)
    {
        var plain = new byte[Math.Max(0, sealedBytes.Length - NonceLength - TagLength)];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(sealedBytes[..NonceLength], sealedBytes[(NonceLength + TagLength)..], sealedBytes[NonceLength..(NonceLength + TagLength)], plain, Encoding.UTF8.GetBytes(bound));
        return plain;
    }
}
