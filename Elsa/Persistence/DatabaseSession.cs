using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>
/// The scope's connection and its transaction. Whatever a request does, the domain's writes and the workflow's state, commits
/// together or not at all: the outermost call begins and commits, calls inside it join.
/// </summary>
public sealed partial class DatabaseSession
{
    private const int MostAttempts = 5;

    private readonly NpgsqlConnection _connection;
    private readonly GroupCommit _groups;
    private readonly ILogger<DatabaseSession> _logger;
    private readonly Queue<Func<CancellationToken, Task>> _afterCommit = new();
    private readonly CommitBatch _atCommit = new();
    private NpgsqlTransaction? _transaction;
    private bool _hasOpened;
    private bool _gathers;
    private bool _wasGrouped;
    private bool _isDraining;

    /// <param name="connection">The connection of the scope; others in the scope run their SQL on the same one.</param>
    /// <param name="groups">Commits what needs no transaction of its own.</param>
    /// <param name="logger">Hears of work after a commit that failed.</param>
    internal DatabaseSession(NpgsqlConnection connection, GroupCommit groups, ILogger<DatabaseSession> logger) => (_connection, _groups, _logger) = (connection, groups, logger);

    /// <summary>The connection that everything in the scope runs its SQL on. It is open inside of a transaction, and else as its owner left it.</summary>
    /// <exception cref="InvalidOperationException">The runtime has put the beginning off, and forgot to begin before it let this be used.</exception>
    public NpgsqlConnection Connection => !InTransaction || _transaction is not null ? _connection : throw new InvalidOperationException("The transaction has not begun yet.");

    /// <summary>Whether an outermost call is running: what is written now commits or goes with it.</summary>
    public bool InTransaction { get; private set; }

    /// <summary>Which attempt at the outermost call this is, counted from 1.</summary>
    internal int Attempt { get; private set; } = 1;

    /// <summary>Whether nothing has been locked, read or written yet, so that an instance may be read without its lock, see <see cref="Hold"/>.</summary>
    internal bool MayReadUnlocked => InTransaction && _transaction is null && _atCommit is { IsEmpty: true, HasUnlocked: false };

    /// <summary>
    /// Runs work in a transaction. An exception rolls all of it back, also what was done before in the outermost call. When
    /// PostgreSQL ended it because another transaction was in its way, the outermost call is run again from its beginning.
    /// </summary>
    public async Task<T> InTransactionAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (!InTransaction)
            return await OutermostAsync(work, gathers: false, ct);
        await BeginAsync(ct);
        return await work(ct);
    }

    /// <summary>
    /// The same for the runtime's own work. When this is the outermost call, what bursts write is gathered and goes with the
    /// commit in one round trip, together with other bursts if nothing but the runtime has had a part in it: the transaction begins
    /// only when somebody else needs it. Inside somebody else's transaction it is written at once, so that they can read it.
    /// </summary>
    internal Task<T> InBurstAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct) => InTransaction ? work(ct) : OutermostAsync(work, gathers: true, ct);

    /// <summary>Writes with the commit or now.</summary>
    internal Task WriteAsync(IEnumerable<Statement> statements, CancellationToken ct)
    {
        _atCommit.Write(statements);
        return _gathers && InTransaction ? Task.CompletedTask : FlushAsync(ct);
    }

    /// <summary>
    /// Writes with the commit of the transaction that runs, in the same round trip and after everything else: for a row that
    /// many transactions want, so that they hold it as briefly as can be.
    /// </summary>
    /// <param name="command">A command that returns no rows.</param>
    /// <exception cref="InvalidOperationException">No transaction runs.</exception>
    public void AtCommit(NpgsqlBatchCommand command)
    {
        if (_transaction is null)
            throw new InvalidOperationException("There is no transaction whose commit could carry the command.");
        _atCommit.WriteLast(command);
    }

    /// <summary>An instance was read without its lock. When the transaction begins, or else with the commit, it is locked if it still has the version.</summary>
    internal void Hold(string instanceId, uint version) => _atCommit.Hold(instanceId, version);

    /// <summary>Begins what <see cref="InBurstAsync{T}"/> has put off: to be called before anything but the runtime's gathered writes has a part in it.</summary>
    internal async Task BeginAsync(CancellationToken ct)
    {
        if (InTransaction && _transaction is null)
            await FlushAsync(ct);
    }

    /// <summary>Begins, and writes what was gathered: to be called before any of it is read.</summary>
    /// <param name="ct">Gives up.</param>
    /// <param name="then">Commands for the same round trip.</param>
    internal async Task FlushAsync(CancellationToken ct, params string[] then)
    {
        if (InTransaction && _transaction is null)
        {
            await OpenAsync(ct);
            _transaction = await _connection.BeginTransactionAsync(ct);
        }

        await _atCommit.WriteAsync(_connection, then, ct);
    }

    /// <summary>What is to go with the commit so far stays, when later work is undone.</summary>
    internal void KeepLast() => _atCommit.KeepLast();

    /// <summary>Drops what was gathered since the last flush, and what was to go with the commit since <see cref="KeepLast"/>.</summary>
    internal void ForgetWrites() => _atCommit.ForgetWrites();

    /// <summary>Looks after all writes whether a stimulus waits for one of the hashes, and if so does the work after the commit.</summary>
    internal void WatchAtCommit(string[] hashes, Func<CancellationToken, Task> work) => _atCommit.Watch(hashes, work);

    /// <inheritdoc cref="InTransactionAsync{T}" />
    public Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken ct) =>
        InTransactionAsync(async token =>
        {
            await work(token);
            return true;
        }, ct);

    /// <summary>
    /// Runs work when the outermost transaction has committed, outside of it. The caller's work is done by then: what fails here
    /// is logged, and must be found again from what was stored.
    /// </summary>
    public void AfterCommit(Func<CancellationToken, Task> work) => _afterCommit.Enqueue(work);

    private async Task<T> OutermostAsync<T>(Func<CancellationToken, Task<T>> work, bool gathers, CancellationToken ct)
    {
        T result;
        try
        {
            _gathers = gathers;
            result = await RepeatedAsync(work, ct);
        }
        finally
        {
            await CloseAsync();
        }

        // Checkpoint 4: a crash here means that all is stored. What was to follow is found again: timers by their due time, stimuli by the sweep.
        await DrainAsync(ct);
        return result;
    }

    private async Task<T> RepeatedAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Attempt = attempt;
                _wasGrouped = false;
                return await OnceAsync(work, ct);
            }
            catch (Exception e) when (attempt < MostAttempts && ((_wasGrouped && Convoy.MayBeOfAnother(e)) || e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }))
            {
                LogRepeat(_logger, (e as PostgresException)?.SqlState ?? e.GetType().Name, attempt);
            }
        }
    }

    private async Task<T> OnceAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var queuedBefore = _afterCommit.Count;
        try
        {
            InTransaction = true;
            if (!_gathers || Attempt > 1)
                await BeginAsync(ct);
            var result = await work(ct);
            foreach (var follow in await CommitAsync(ct))
                _afterCommit.Enqueue(follow);
            return result;
        }
        catch
        {
            while (_afterCommit.Count > queuedBefore)
                _afterCommit.Dequeue();
            throw;
        }
        finally
        {
            if (_transaction is not null)
                await _transaction.DisposeAsync();
            _transaction = null;
            _atCommit.Clear();
            InTransaction = false;
        }
    }

    /// <returns>What follows it.</returns>
    private async Task<IReadOnlyList<Func<CancellationToken, Task>>> CommitAsync(CancellationToken ct)
    {
        if (_transaction is null)
        {
            if (_atCommit.IsEmpty)
                return [];
            _wasGrouped = true;
            return await _groups.CommitAsync(_atCommit);
        }

        if (!_atCommit.IsEmpty)
            return await _atCommit.CommitAsync(_connection, ct);
        await _transaction.CommitAsync(ct);
        return [];
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        if (_connection.State == ConnectionState.Open)
            return;
        await _connection.OpenAsync(ct);
        _hasOpened = true;
    }

    private async Task CloseAsync()
    {
        if (_hasOpened)
            await _connection.CloseAsync();
        _hasOpened = false;
    }

    private async Task DrainAsync(CancellationToken ct)
    {
        if (_isDraining)
            return;
        _isDraining = true;
        try
        {
            while (_afterCommit.TryDequeue(out var work))
            {
                try
                {
                    await work(ct);
                }
                catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
                {
                    LogFailure(_logger, e);
                }
            }
        }
        finally
        {
            _isDraining = false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Work that was to follow a commit failed; it will be tried again from what is stored.")]
    private static partial void LogFailure(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "A transaction stood in the way of another ({SqlState}) at attempt {Attempt} and is run again.")]
    private static partial void LogRepeat(ILogger logger, string sqlState, int attempt);
}
