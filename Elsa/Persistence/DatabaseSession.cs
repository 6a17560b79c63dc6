using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>
/// The scope's connection and its transaction. Whatever a request does, the domain's writes and the workflow's state, commits
/// together or not at all: the outermost call begins and commits, calls inside it join.
/// </summary>
/// <param name="connection">The connection of the scope; others in the scope run their SQL on the same one.</param>
/// <param name="logger">Hears of work after a commit that failed.</param>
public sealed partial class DatabaseSession(NpgsqlConnection connection, ILogger<DatabaseSession> logger)
{
    private const int MostAttempts = 5;

    private readonly Queue<Func<CancellationToken, Task>> _afterCommit = new();
    private readonly CommitBatch _atCommit = new();
    private bool _gathers;
    private bool _isDraining;

    /// <summary>The connection that everything in the scope runs its SQL on. It is open inside of a transaction, and else as its owner left it.</summary>
    public NpgsqlConnection Connection { get; } = connection;

    /// <summary>Whether an outermost call is running: what is written now commits or goes with it.</summary>
    public bool InTransaction { get; private set; }

    /// <summary>Which attempt at the outermost call this is, counted from 1.</summary>
    internal int Attempt { get; private set; } = 1;

    /// <summary>
    /// Runs work in a transaction. An exception rolls all of it back, also what was done before in the outermost call. When
    /// PostgreSQL ended it because another transaction was in its way, the outermost call is run again from its beginning.
    /// </summary>
    public async Task<T> InTransactionAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (InTransaction)
            return await work(ct);
        var opened = Connection.State != ConnectionState.Open;
        if (opened)
            await Connection.OpenAsync(ct);
        T result;
        try
        {
            result = await RepeatedAsync(work, ct);
        }
        finally
        {
            if (opened)
                await Connection.CloseAsync();
        }

        // Checkpoint 4: a crash here means that all is stored. What was to follow is found again: timers by their due time, stimuli by the sweep.
        await DrainAsync(ct);
        return result;
    }

    /// <summary>
    /// The same for the runtime's own work. When this is the outermost call, what bursts write is gathered and goes with the
    /// commit in one round trip; inside somebody else's transaction it is written at once, so that they can read it.
    /// </summary>
    internal async Task<T> InBurstAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (InTransaction)
            return await work(ct);
        _gathers = true;
        try
        {
            return await InTransactionAsync(work, ct);
        }
        finally
        {
            _gathers = false;
        }
    }

    /// <summary>Writes with the commit or now.</summary>
    internal Task WriteAsync(IEnumerable<Statement> statements, CancellationToken ct)
    {
        _atCommit.Write(statements);
        return _gathers ? Task.CompletedTask : FlushAsync(ct);
    }

    /// <summary>
    /// Writes with the commit of the transaction that runs, in the same round trip and after everything else: for a row that
    /// many transactions want, so that they hold it as briefly as can be.
    /// </summary>
    /// <param name="command">A command that returns no rows.</param>
    /// <exception cref="InvalidOperationException">No transaction runs.</exception>
    public void AtCommit(NpgsqlBatchCommand command)
    {
        if (!InTransaction)
            throw new InvalidOperationException("There is no transaction whose commit could carry the command.");
        _atCommit.WriteLast(command);
    }

    /// <summary>Writes what was gathered: to be called before any of it is read.</summary>
    internal Task FlushAsync(CancellationToken ct) => _atCommit.WriteAsync(Connection, ct);

    /// <summary>What is to go with the commit so far stays, when later work is undone.</summary>
    internal void KeepLast() => _atCommit.KeepLast();

    /// <summary>Drops what was gathered since the last flush, and what was to go with the commit since <see cref="KeepLast"/>.</summary>
    internal void ForgetWrites() => _atCommit.ForgetWrites();

    /// <summary>Asks after all writes whether there is more to do, and does it after the commit.</summary>
    internal void AskAtCommit(Statement query, Func<CancellationToken, Task> work) => _atCommit.Ask(query, work);

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

    private async Task<T> RepeatedAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Attempt = attempt;
                return await OnceAsync(work, ct);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < MostAttempts)
            {
                LogRepeat(logger, e.SqlState, attempt);
            }
        }
    }

    private async Task<T> OnceAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var queuedBefore = _afterCommit.Count;
        try
        {
            await using var transaction = await Connection.BeginTransactionAsync(ct);
            InTransaction = true;
            var result = await work(ct);
            if (_atCommit.IsEmpty)
                await transaction.CommitAsync(ct);
            else
                (await _atCommit.CommitAsync(Connection, ct)).ForEach(_afterCommit.Enqueue);
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
            _atCommit.Clear();
            InTransaction = false;
        }
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
                    LogFailure(logger, e);
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
