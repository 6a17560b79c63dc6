using System.Net;
using Microsoft.Extensions.Options;

namespace Elsa.Calls;

/// <summary>Decides which addresses a workflow may call. It is asked about the address that is about to be connected to, after names are resolved, for redirects too.</summary>
public interface IOutboundPolicy
{
    /// <param name="host">As the URL names it.</param>
    /// <param name="port">The port.</param>
    /// <param name="address">What the name resolved to.</param>
    bool Allows(string host, int port, IPAddress address);
}

/// <summary>Allows what is reachable from everywhere. What only this network can reach must not be reachable through a definition that somebody drew.</summary>
internal sealed class PublicAddresses(IOptions<OutboundOptions> options) : IOutboundPolicy
{
    /// <summary>The special-purpose registries of IANA; the last two carry IPv4 addresses that would have to be looked at again.</summary>
    private static readonly IPNetwork[] Refused =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/127", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "64:ff9b::/32", "2002::/16",
        ]).Select(range => IPNetwork.Parse(range)),
    ];

    public bool Allows(string host, int port, IPAddress address)
    {
        if (options.Value.AllowedHosts.Contains(host) || options.Value.AllowedHosts.Contains($"{host}:{port}"))
            return true;
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(Refused, range => range.BaseAddress.AddressFamily == real.AddressFamily && range.Contains(real));
    }
}
