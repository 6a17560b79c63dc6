using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace TongBan.Domain.Privacy;

/// <summary>The key that wraps the keys of the ring; it lies outside of the database.</summary>
/// <param name="Bytes">32 bytes.</param>
public sealed record MasterKey(byte[] Bytes);

/// <summary>The master key does not open the ring.</summary>
public sealed class MasterKeyException(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// The keys that seal personal data: the newest seals, older ones open what they sealed until the re-sealing job has passed.
/// Kept in the database, wrapped; all hosts of a database share them.
/// </summary>
public sealed class KeyRing(NpgsqlDataSource source, MasterKey master, TimeProvider time)
{
    private volatile PersonalKey[] _keys = [];

    /// <summary>The newest key.</summary>
    internal PersonalKey Current => _keys is [.., var newest] ? newest : throw new InvalidOperationException("The key ring is loaded at the start, before the first request.");

    /// <summary>All keys, oldest first.</summary>
    internal IReadOnlyList<PersonalKey> All => _keys;

    /// <summary>Reads the ring, and makes its first key when it is empty; of hosts that start together, one's key wins.</summary>
    /// <exception cref="MasterKeyException">The ring was made under another master key.</exception>
    public async Task LoadAsync()
    {
        await using var connection = await source.OpenConnectionAsync();
        await AddAsync(connection, 1);
        await ReadAsync(connection);
    }

    /// <summary>Makes a new key that seals from now on; what older ones sealed stays readable.</summary>
    /// <returns>Its number.</returns>
    public async Task<int> RotateAsync()
    {
        await using var connection = await source.OpenConnectionAsync();
        await ReadAsync(connection);
        await AddAsync(connection, Current.Id + 1);
        await ReadAsync(connection);
        return Current.Id;
    }

    /// <summary>The key of this number; one that another host made a moment ago is read now.</summary>
    internal PersonalKey Find(int id)
    {
        if (Array.Find(_keys, key => key.Id == id) is { } known)
            return known;
        using var connection = source.OpenConnection();
        _keys = [.. connection.Query<Row>(Select).Select(Unwrap)];
        return Array.Find(_keys, key => key.Id == id) ?? throw new InvalidOperationException($"Personal data was sealed with key {id}, which is not in the ring.");
    }

    private const string Select = "select id, wrapped from tongban.personal_keys order by id";

    private Task AddAsync(NpgsqlConnection connection, int id) =>
        connection.ExecuteAsync(
            "insert into tongban.personal_keys (id, wrapped, created_at) values (@id, @wrapped, @now) on conflict do nothing",
            new { id, wrapped = PersonalKey.Seal(master.Bytes, RandomNumberGenerator.GetBytes(PersonalKey.Length), Bound(id)), now = time.GetUtcNow() });

    private async Task ReadAsync(NpgsqlConnection connection) => _keys = [.. (await connection.QueryAsync<Row>(Select)).Select(Unwrap)];

    private PersonalKey Unwrap(Row row)
    {
        try
        {
            return new(row.Id, PersonalKey.Open(master.Bytes, row.Wrapped, Bound(row.Id)));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new MasterKeyException($"Key {row.Id} of the ring does not open under the master key.", exception);
        }
    }

    private static string Bound(int id) => $"ring/{id}";

    private sealed record Row(int Id, byte[] Wrapped);
}
