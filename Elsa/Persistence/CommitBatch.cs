using Npgsql;
using NpgsqlTypes;

namespace Elsa.Persistence;

/// <summary>What a burst writes last, kept to go to PostgreSQL in one round trip with the commit and with what is to be known for what follows it.</summary>
internal sealed class CommitBatch
{
    private readonly List<Statement> _writes = [];
    private readonly List<NpgsqlBatchCommand> _last = [];
    private readonly List<(string[] Hashes, Func<CancellationToken, Task> Work)> _watched = [];
    private (string InstanceId, uint Version)? _held;
    private int _keptLast;

    public bool IsEmpty => _writes.Count == 0 && _last.Count == 0 && _watched.Count == 0;

    /// <summary>Whether an instance was read that is not locked yet.</summary>
    public bool HasUnlocked => _held is not null;

    /// <summary>An instance was read without its lock: it is locked before anything is written, if it still has the version.</summary>
    public void Hold(string instanceId, uint version) => _held = (instanceId, version);

    public void Write(IEnumerable<Statement> statements) => _writes.AddRange(statements);

    /// <summary>Writes right before the commit, after everything else, whatever is flushed before. The command must have no rows.</summary>
    public void WriteLast(NpgsqlBatchCommand command) => _last.Add(command);

    /// <summary>What is last so far survives <see cref="ForgetWrites"/>.</summary>
    public void KeepLast() => _keptLast = _last.Count;

    /// <param name="hashes">Of bookmarks that are written.</param>
    /// <param name="work">What follows the commit when a stimulus waits for one of them.</param>
    public void Watch(string[] hashes, Func<CancellationToken, Task> work) => _watched.Add((hashes, work));

    public void ForgetWrites()
    {
        _writes.Clear();
        _last.RemoveRange(_keptLast, _last.Count - _keptLast);
    }

    public void Clear()
    {
        _writes.Clear();
        _last.Clear();
        _keptLast = 0;
        _watched.Clear();
        _held = null;
    }

    /// <summary>Locks what is not locked yet and writes now what was gathered, because it is about to be read in the same transaction.</summary>
    /// <param name="connection">In the transaction.</param>
    /// <param name="then">Commands for the same round trip.</param>
    /// <param name="ct">Gives up.</param>
    public async Task WriteAsync(NpgsqlConnection connection, string[] then, CancellationToken ct)
    {
        if (_held is null && _writes.Count == 0 && then.Length == 0)
            return;
        await using var batch = Batch(connection, [.. Holding([this]), .. Statement.Commands(_writes), .. then.Select(sql => new NpgsqlBatchCommand(sql))]);
        _held = null;
        _writes.Clear();
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes, looks and commits what a burst has gathered, in its transaction.</summary>
    /// <returns>What follows the commit.</returns>
    public async Task<IReadOnlyList<Func<CancellationToken, Task>>> CommitAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = Batch(connection, [.. Statement.Commands(_writes, Question([this])), .. _last, new NpgsqlBatchCommand("commit")]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return WorkFor(await ReadAnswerAsync(reader, ct));
    }

    /// <summary>Writes, looks and commits what several bursts have gathered, none of which has begun a transaction: a batch is one by itself.</summary>
    /// <returns>For each what follows the commit.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<Func<CancellationToken, Task>>>> CommitAsync(NpgsqlConnection connection, IReadOnlyList<CommitBatch> bursts)
    {
        await using var batch = Batch(connection, [Query.ByIndex.ToCommand(), .. Holding(bursts), .. Statement.CommandsOfSeveral(bursts.SelectMany(burst => burst._writes), Question(bursts))]);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        if (bursts.Any(burst => burst.HasUnlocked))
            await reader.NextResultAsync();
        var waiting = await ReadAnswerAsync(reader, CancellationToken.None);
        return [.. bursts.Select(burst => burst.WorkFor(waiting))];
    }

    /// <summary>Only a question has rows, here; a reader passes over what has none. A statement that failed is told of when its result is reached.</summary>
    private static async Task<HashSet<string>> ReadAnswerAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            while (await reader.ReadAsync(ct))
                waiting.Add(reader.GetString(0));
        }
        while (await reader.NextResultAsync(ct));
        return waiting;
    }

    private List<Func<CancellationToken, Task>> WorkFor(HashSet<string> waiting) => waiting.Count == 0 ? [] : [.. _watched.Where(watched => watched.Hashes.Any(waiting.Contains)).Select(watched => watched.Work)];

    private static Query? Question(IReadOnlyList<CommitBatch> bursts)
    {
        string[] hashes = [.. bursts.SelectMany(burst => burst._watched).SelectMany(watched => watched.Hashes).Distinct(StringComparer.Ordinal)];
        return hashes.Length == 0 ? null : StimulusStore.WaitingOf(hashes);
    }

    private static IEnumerable<NpgsqlBatchCommand> Holding(IReadOnlyList<CommitBatch> bursts)
    {
        var held = bursts.Select(burst => burst._held).OfType<(string InstanceId, uint Version)>().ToList();
        return held.Count == 0 ? [] :
        [
            new Query("select elsa.hold($1, $2)",
                new NpgsqlParameter<string[]> { TypedValue = [.. held.Select(one => one.InstanceId)] },
                new NpgsqlParameter<uint[]> { TypedValue = [.. held.Select(one => one.Version)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Xid }).ToCommand(),
        ];
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        return batch;
    }
}
