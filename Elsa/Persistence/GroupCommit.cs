using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>
/// Commits what several bursts wrote as one transaction, where a burst has touched nothing but its own instance: PostgreSQL begins,
/// flushes its log and answers once instead of once for each. Either all of them are stored or none is.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly KeptConnection _connection;
    private readonly Convoy<CommitBatch, IReadOnlyList<Func<CancellationToken, Task>>> _bursts;

    public GroupCommit(IServiceScopeFactory scopes)
    {
        _connection = new KeptConnection(scopes);
        _bursts = new(async bursts => await CommitBatch.CommitAsync(await _connection.OpenAsync(), bursts));
    }

    /// <returns>What follows the commit.</returns>
    /// <exception cref="PostgresException">Nothing is stored. It may be another burst's fault, so each is to be tried alone.</exception>
    public Task<IReadOnlyList<Func<CancellationToken, Task>>> CommitAsync(CommitBatch burst) => _bursts.SendAsync(burst);

    public void Dispose() => _connection.Dispose();
}
