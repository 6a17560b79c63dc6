using Npgsql;

namespace Elsa.Persistence;

/// <summary>What a burst writes last, kept to go to PostgreSQL in one round trip with the commit and with what is to be known for what follows it.</summary>
internal sealed class CommitBatch
{
    private readonly List<Statement> _writes = [];
    private readonly List<NpgsqlBatchCommand> _last = [];
    private readonly List<(Statement Query, Func<CancellationToken, Task> Work)> _questions = [];
    private int _keptLast;

    public bool IsEmpty => _writes.Count == 0 && _last.Count == 0 && _questions.Count == 0;

    public void Write(IEnumerable<Statement> statements) => _writes.AddRange(statements);

    /// <summary>Writes right before the commit, after everything else, whatever is flushed before. The command must have no rows.</summary>
    public void WriteLast(NpgsqlBatchCommand command) => _last.Add(command);

    /// <summary>What is last so far survives <see cref="ForgetWrites"/>.</summary>
    public void KeepLast() => _keptLast = _last.Count;

    /// <param name="query">Answers true or false, after the writes and before the commit.</param>
    /// <param name="work">What follows the commit when it is true.</param>
    public void Ask(Statement query, Func<CancellationToken, Task> work) => _questions.Add((query, work));

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
        _questions.Clear();
    }

    /// <summary>Writes now what was gathered, because it is about to be read in the same transaction.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        if (_writes.Count == 0)
            return;
        await using var batch = Batch(connection, Statement.Join(_writes));
        _writes.Clear();
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Writes, asks and commits.</summary>
    /// <returns>What follows from the answers.</returns>
    public async Task<List<Func<CancellationToken, Task>>> CommitAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = Batch(connection, [.. WritesAndQuestions(), .. _last, new NpgsqlBatchCommand("commit")]);
        var follow = new List<Func<CancellationToken, Task>>();
        // Only the questions have rows; a reader passes over what has none.
        await using var reader = await batch.ExecuteReaderAsync(ct);
        foreach (var (_, work) in _questions)
        {
            if (await reader.ReadAsync(ct) && reader.GetBoolean(0))
                follow.Add(work);
            await reader.NextResultAsync(ct);
        }

        // A statement that failed is told of when its result is reached.
        while (await reader.NextResultAsync(ct))
        {
        }

        return follow;
    }

    private IEnumerable<NpgsqlBatchCommand> WritesAndQuestions() => _questions is [var only]
        ? Statement.Join([.. _writes, only.Query])
        : [.. Statement.Join(_writes), .. _questions.Select(question => question.Query.ToCommand())];

    private static NpgsqlBatch Batch(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        return batch;
    }
}
