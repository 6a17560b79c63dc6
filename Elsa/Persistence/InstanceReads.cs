using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>An instance as it is stored. Its <c>Version</c> is the row's: another one when anybody has written it since.</summary>
internal sealed record StoredInstance(
    uint Version, string VersionId, int Revision, string SubStatus, string? Name, string? CorrelationId, string? ParentId, long JournalLength, int Bursts, byte[]? State,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    public List<StoredBookmark> Bookmarks { get; } = [];
}

/// <summary>A bookmark as it is stored, with what else hangs on it, see <see cref="BookmarkRows.FollowerOf"/>.</summary>
internal sealed record StoredBookmark(Bookmark Bookmark, string? Follower);

/// <summary>Reads instances: one under its lock, or several that bursts ask for at the same time without one.</summary>
internal sealed class InstanceReads : IDisposable
{
    private const string Instances =
        """
        select i.id, i.xmin, i.version_id, d.revision, i.sub_status, i.name, i.correlation_id, i.parent_id, i.journal_length, i.bursts, i.state, i.created_at, i.updated_at, i.finished_at
        from elsa.instances i join elsa.definitions d on d.id = i.version_id
        """;

    private const string Bookmarks = $"select instance_id, {BookmarkRows.Columns} from elsa.bookmarks";

    private readonly KeptConnection _connection;
    private readonly Convoy<string, StoredInstance?> _unlocked;

    public InstanceReads(IServiceScopeFactory scopes)
    {
        _connection = new KeptConnection(scopes);
        _unlocked = new(ReadUnlockedAsync);
    }

    /// <summary>As it stands, which may be outdated at once: whoever stores it again has to hold its version. Null when there is none.</summary>
    public Task<StoredInstance?> ReadAsync(string id) => _unlocked.SendAsync(id);

    /// <summary>Locks it until the transaction ends. Null when there is none.</summary>
    public static async Task<StoredInstance?> ReadLockedAsync(string id, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new Query($"{Instances} where i.id = $1 for update of i", Column.Text(id).ToParameter()).ToCommand(),
                new Query($"{Bookmarks} where instance_id = $1 order by number", Column.Text(id).ToParameter()).ToCommand(),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return (await ReadAsync(reader, ct)).GetValueOrDefault(id);
    }

    public void Dispose() => _connection.Dispose();

    private async Task<IReadOnlyList<StoredInstance?>> ReadUnlockedAsync(IReadOnlyList<string> ids)
    {
        await using var batch = new NpgsqlBatch(await _connection.OpenAsync())
        {
            BatchCommands =
            {
                Query.ByIndex.ToCommand(),
                new Query($"{Instances} where i.id = any($1)", Ids(ids)).ToCommand(),
                new Query($"{Bookmarks} where instance_id = any($1) order by instance_id, number", Ids(ids)).ToCommand(),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var found = await ReadAsync(reader, CancellationToken.None);
        return [.. ids.Select(found.GetValueOrDefault)];
    }

    private static NpgsqlParameter<string[]> Ids(IEnumerable<string> ids) => new() { TypedValue = [.. ids] };

    private static async Task<Dictionary<string, StoredInstance>> ReadAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var found = new Dictionary<string, StoredInstance>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
            found[reader.GetString(0)] = Read(reader);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            // A burst may have ended between the two statements; then the version tells.
            if (found.TryGetValue(reader.GetString(0), out var instance))
                instance.Bookmarks.Add(BookmarkRows.Read(reader, 1));
        }

        return found;
    }

    private static StoredInstance Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(1), row.GetString(2), row.GetInt32(3), row.GetString(4), OptionalText(row, 5), OptionalText(row, 6), OptionalText(row, 7), row.GetInt64(8), row.GetInt32(9),
        row.IsDBNull(10) ? null : row.GetFieldValue<byte[]>(10), row.GetFieldValue<DateTimeOffset>(11), row.GetFieldValue<DateTimeOffset>(12), row.IsDBNull(13) ? null : row.GetFieldValue<DateTimeOffset>(13));

    private static string? OptionalText(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
