using System.Net;
using System.Net.Sockets;
using Elsa.Calls;
using Microsoft.Extensions.Options;

namespace TongBan.Host.Partners;

/// <summary>
/// Connects to partners: to the hosts that the settings name, this host's sandbox among them, wherever they are; to any other
/// only at a public address. No redirect is followed and no proxy used, so the address that is asked about is the one that
/// answers. What gives machines their credentials (link-local, such as 169.254.169.254) is nobody's partner.
/// </summary>
internal sealed class PartnerConnect(IOptions<PartnersOptions> options, HostAddress host, IOutboundPolicy publicOnly)
{
    private static readonly IPNetwork[] Never = [IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("ff00::/8")];

    /// <summary>The handler under all calls to partners.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, cancellation),
    };

    /// <summary>Whether a call may go there.</summary>
    public bool Allows(string name, int port, IPAddress address)
    {
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(Never, range => range.BaseAddress.AddressFamily == real.AddressFamily && range.Contains(real))
            && (IsNamed(name, port) || publicOnly.Allows(name, port, address));
    }

    private bool IsNamed(string name, int port) =>
        options.Value.Approvals.Values.Append(options.Value.Courier).Append(options.Value.Sms).Select(partner => partner.BaseUrl).OfType<Uri>().Append(new Uri(host.Local))
            .Any(url => url.Port == port && string.Equals(url.IdnHost, name.Trim('[', ']'), StringComparison.OrdinalIgnoreCase));

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        var addresses = Array.FindAll(await Dns.GetHostAddressesAsync(target.Host, cancellation), address => Allows(target.Host, target.Port, address));
        if (addresses.Length == 0)
            throw new IOException($"Calls to {target.Host}:{target.Port} are barred: no setting names it, and its address is not a public one.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
