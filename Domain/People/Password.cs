using System.Globalization;
using System.Security.Cryptography;

namespace TongBan.Domain.People;

/// <summary>Salted password hashes, written as <c>pbkdf2-sha512$iterations$salt$hash</c> so that the cost can rise later.</summary>
internal static class Password
{
    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2
    private const int Iterations = 220_000;

    /// <summary>A hash that no password fits: checking against it takes as long as against a real one.</summary>
    public static string Unmatchable { get; } = $"{Scheme}${Iterations}${Convert.ToBase64String(new byte[SaltBytes])}${Convert.ToBase64String(new byte[HashBytes])}";

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Iterations))}";
    }

    public static bool Fits(string password, string hash)
    {
        if (hash.Split('$') is not [Scheme, var iterations, var salt, var expected])
            throw new FormatException("A stored password hash is of an unknown scheme.");
        var derived = Derive(password, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(expected));
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
