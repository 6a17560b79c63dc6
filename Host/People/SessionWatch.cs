using Microsoft.Extensions.Caching.Memory;
using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>
/// Whether sessions are still open, asked with each request and remembered for a moment. Ending one here is known at once;
/// other hosts know it when their moment is over.
/// </summary>
internal sealed class SessionWatch(IServiceScopeFactory scopes) : IDisposable
{
    private const int Most = 50_000;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _open = new(new MemoryCacheOptions { SizeLimit = Most });

    public async Task<bool> IsOpenAsync(Guid? session)
    {
        if (session is not { } id)
            return false;
        if (_open.TryGetValue(id, out bool known))
            return known;
        await using var scope = scopes.CreateAsyncScope();
        var isOpen = await scope.ServiceProvider.GetRequiredService<SessionStore>().IsOpenAsync(id);
        return _open.Set(id, isOpen, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Moment, Size = 1 });
    }

    /// <summary>The session was ended just now.</summary>
    public void Forget(Guid session) => _open.Remove(session);

    public void Dispose() => _open.Dispose();
}
