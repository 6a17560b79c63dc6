using Microsoft.Extensions.Caching.Memory;
using TongBan.Domain.Audit;
using TongBan.Domain.People;

namespace TongBan.Host.Features.Audit;

/// <summary>Remembers who looked at what a moment ago: a page that refreshes itself is one look, not one every twenty seconds.</summary>
internal sealed class RecentViews : IDisposable
{
    private const int Most = 100_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>Whether this is the first look in a while.</summary>
    public bool IsNew(string look)
    {
        if (_seen.TryGetValue(look, out _))
            return false;
        _seen.Set(look, true, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Moment, Size = 1 });
        return true;
    }

    public void Dispose() => _seen.Dispose();
}

/// <summary>Writes down that somebody looked at personal data, masked as it was.</summary>
internal sealed class ViewLog(RecentViews recent, AuditTrail audit)
{
    /// <summary>Writes a look down, once in a while for the same person and thing.</summary>
    public Task AddAsync(Actor by, string act, string subject, string what) =>
        recent.IsNew($"{by.UserName}\n{act}\n{subject}\n{what}") ? audit.AddAsync(by, act, subject, what) : Task.CompletedTask;
}
