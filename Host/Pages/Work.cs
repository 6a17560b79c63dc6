using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Host.Problems;

namespace TongBan.Host.Pages;

/// <summary>
/// Runs the API's handlers for a page, each call in a scope of its own: a circuit lives as long as its tab is open, and a
/// connection or a store that lived as long would be shared by calls that overlap.
/// </summary>
internal sealed class Work(IServiceScopeFactory scopes, AuditOrigin origin)
{
    /// <summary>Runs one call on a handler of a new scope.</summary>
    public async Task<T> RunAsync<THandler, T>(Func<THandler, Task<T>> call)
        where THandler : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<AuditOrigin>().Address = origin.Address;
        return await call(scope.ServiceProvider.GetRequiredService<THandler>());
    }

    /// <summary>
    /// The same for a call that may be refused: a database that is away is one more refusal, so that a page says so and stays with what
    /// was typed.
    /// </summary>
    public async Task<Result<T>> RunAsync<THandler, T>(Func<THandler, Task<Result<T>>> call)
        where THandler : notnull
    {
        try
        {
            return await RunAsync<THandler, Result<T>>(call);
        }
        catch (Exception failure) when (DatabaseAway.IsBehind(failure))
        {
            return new DatabaseAway();
        }
    }
}
