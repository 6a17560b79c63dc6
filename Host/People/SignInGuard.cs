using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace TongBan.Host.People;

/// <summary>Counts sign-ins by address; wrong ones sooner come to their end than right ones. Accounts have their own lock, see UserStore.</summary>
internal sealed class SignInGuard(IOptions<SignInOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _attempts = Limiter(options.Value.AttemptsPerMinute);
    private readonly PartitionedRateLimiter<IPAddress> _failures = Limiter(options.Value.FailuresPerMinute);

    /// <summary>Whether another sign-in may be tried from there.</summary>
    public bool Allows(HttpContext context)
    {
        using var attempt = _attempts.AttemptAcquire(AddressOf(context));
        // Asking for none tells whether any is left.
        using var failure = _failures.AttemptAcquire(AddressOf(context), permitCount: 0);
        return attempt.IsAcquired && failure.IsAcquired;
    }

    /// <summary>One was wrong.</summary>
    public void Failed(HttpContext context) => _failures.AttemptAcquire(AddressOf(context)).Dispose();

    public void Dispose()
    {
        _attempts.Dispose();
        _failures.Dispose();
    }

    /// <summary>Of an IPv6 address the network that one subscriber has; else each of its addresses would count anew.</summary>
    internal static IPAddress AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }

    private static PartitionedRateLimiter<IPAddress> Limiter(int perMinute) => PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetFixedWindowLimiter(
        address, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));
}
