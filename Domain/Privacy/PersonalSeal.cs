using System.Text.Json;

namespace TongBan.Domain.Privacy;

/// <summary>What was sealed, and with which key of the ring.</summary>
internal readonly record struct Sealed(byte[] Bytes, int Key);

/// <summary>
/// Seals personal data for the database and opens it again. A seal is bound to its row: bytes that are copied to another row
/// do not open there.
/// </summary>
public sealed class PersonalSeal(KeyRing ring)
{
    /// <summary>The kind of mark by which an identity number or credit code is found.</summary>
    public const string IdNumber = "id";

    /// <summary>The kind of mark by which a phone number, or where a message went, is found.</summary>
    public const string Phone = "phone";

    /// <summary>The number of the key that seals now.</summary>
    internal int Key => ring.Current.Id;

    internal Sealed Seal<T>(T value, string row)
    {
        var key = ring.Current;
        return new(key.Seal(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web), row), key.Id);
    }

    internal T Open<T>(byte[] sealedBytes, int key, string row) =>
        JsonSerializer.Deserialize<T>(ring.Find(key).Open(sealedBytes, row), JsonSerializerOptions.Web)!;

    /// <summary>The mark to store.</summary>
    public byte[] Mark(string kind, string value) => ring.Current.Mark(kind, Plain(value));

    /// <summary>The marks to look for: under every key of the ring, because a row may not be re-sealed yet.</summary>
    public byte[][] Marks(string kind, string value) => [.. ring.All.Select(key => key.Mark(kind, Plain(value)))];

    /// <summary>People type numbers with spaces and dashes, and a small x.</summary>
    private static string Plain(string value) => string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
