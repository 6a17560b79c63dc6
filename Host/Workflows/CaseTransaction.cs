using Elsa.Persistence;
using TongBan.Domain.Cases;

namespace TongBan.Host.Workflows;

/// <summary>
/// A change to a case from outside its workflow, in one transaction that locks the case's instance first, as the bursts of the
/// workflow do. A person, a partner's answer and a timer that come at once wait for each other in that one place.
/// </summary>
internal sealed class CaseTransaction(DatabaseSession session)
{
    /// <param name="case">The case; null for a change that belongs to none.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<T> RunAsync<T>(Case? @case, Func<CancellationToken, Task<T>> change, CancellationToken cancellation) =>
        session.InTransactionAsync(
            async ct =>
            {
                if (@case?.InstanceId is { } instance)
                    await session.LockInstanceAsync(instance, ct);
                return await change(ct);
            },
            cancellation);
}
