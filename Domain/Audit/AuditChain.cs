using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace TongBan.Domain.Audit;

/// <summary>What a check of the chain found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Head">The last position, 0 for an empty trail.</param>
/// <param name="Hash">The last hash, lower-case hex.</param>
/// <param name="Problem">The first thing that is wrong, or null.</param>
public sealed record AuditCheck(long Entries, long Head, string Hash, string? Problem);

/// <summary>A position of the chain and its hash, noted outside of the database.</summary>
public sealed record AuditAnchor(long Position, string Hash);

/// <summary>Reads the whole chain and computes it anew, here and not in the database that is under suspicion.</summary>
public sealed class AuditChain(NpgsqlDataSource source)
{
    private static readonly byte[] Genesis = SHA256.HashData("TongBan"u8);

    /// <summary>Checks every entry against the one before, the head, and what was noted outside.</summary>
    public async Task<AuditCheck> VerifyAsync(IEnumerable<AuditAnchor> anchors, CancellationToken cancellation = default)
    {
        var noted = anchors.GroupBy(anchor => anchor.Position).ToDictionary(group => group.Key, group => group.Select(anchor => anchor.Hash).Distinct(StringComparer.Ordinal).ToList());
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var head = await connection.QuerySingleAsync<Head>("select position, hash from tongban.audit_head");
        var (position, hash) = (0L, Genesis);
        await foreach (var entry in connection.QueryUnbufferedAsync<Entry>(
            """
            select position, (extract(epoch from at) * 1000000)::bigint as At, user_name as UserName, actor_name as ActorName, role, place, address,
                act, subject, what, why, previous, hash
            from tongban.audit order by position
            """).WithCancellation(cancellation))
        {
            if (entry.Position != position + 1)
                return Wrong($"Entries {position + 1} to {entry.Position - 1} are missing.");
            if (!entry.Previous.AsSpan().SequenceEqual(hash))
                return Wrong($"Entry {entry.Position} does not follow entry {position}.");
            hash = SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(entry.Text)]);
            if (!entry.Hash.AsSpan().SequenceEqual(hash))
                return Wrong($"Entry {entry.Position} was changed.");
            position = entry.Position;
            if (noted.TryGetValue(position, out var outside) && outside.Any(one => one != Convert.ToHexStringLower(entry.Hash)))
                return Wrong($"Entry {position} is not the one that was noted outside of the database.");
        }

        if (head.Position != position || !head.Hash.AsSpan().SequenceEqual(hash))
            return Wrong($"The trail ends at entry {position}, but {head.Position} entries were written.");
        return noted.Keys.Any(one => one > position)
            ? Wrong($"The trail ends at entry {position}, but entry {noted.Keys.Max()} was noted outside of the database.")
            : new(position, position, Convert.ToHexStringLower(hash), null);

        AuditCheck Wrong(string problem) => new(position, head.Position, Convert.ToHexStringLower(head.Hash), problem);
    }

    private sealed record Head(long Position, byte[] Hash);

    private sealed record Entry
    {
        public long Position { get; init; }
        public long At { get; init; }
        public required string UserName { get; init; }
        public required string ActorName { get; init; }
        public required string Role { get; init; }
        public string? Place { get; init; }
        public string? Address { get; init; }
        public required string Act { get; init; }
        public required string Subject { get; init; }
        public required string What { get; init; }
        public string? Why { get; init; }
        public required byte[] Previous { get; init; }
        public required byte[] Hash { get; init; }

        /// <summary>As tongban.audit_field writes it: length in bytes, colon, text; a dash for none.</summary>
        public string Text => string.Concat(((string?[])
            [
                Position.ToString(CultureInfo.InvariantCulture), At.ToString(CultureInfo.InvariantCulture), UserName, ActorName, Role, Place, Address, Act, Subject, What, Why,
            ]).Select(part => part is null ? "-" : $"{Encoding.UTF8.GetByteCount(part)}:{part}"));
    }
}
