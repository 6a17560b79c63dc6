using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TongBan.Host.Partners;

/// <summary>The address at which this host reaches itself; known once the web server listens.</summary>
internal sealed class HostAddress(IServer server, IConfiguration configuration)
{
    /// <summary>Without a slash at the end.</summary>
    public string Local => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
        ? Reachable(address)
        : throw new InvalidOperationException("The web server does not listen yet.");

    /// <summary>The address at which partners reach this host: <c>TongBan__PublicAddress</c>, else the local one. Without a slash at the end.</summary>
    public string Public => configuration["TongBan:PublicAddress"] is { Length: > 0 } address ? address.TrimEnd('/') : Local;

    /// <summary>Where an applicant follows a case; what QR codes hold.</summary>
    public string TrackOf(string caseNumber) => $"{Public}/track?number={caseNumber}";

    /// <summary>An address that means all interfaces is none that can be called.</summary>
    private static string Reachable(string address) =>
        address.Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://*", "://127.0.0.1", StringComparison.Ordinal)
            .TrimEnd('/');
}
