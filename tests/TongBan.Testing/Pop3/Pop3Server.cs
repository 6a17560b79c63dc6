using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TongBan.Testing.Pop3;

/// <summary>A POP3 server (RFC 1939) with one mailbox, which the test fills. What a visit deletes is gone when the visitor says goodbye.</summary>
public sealed class Pop3Server : IAsyncDisposable
{
    /// <summary>The one account.</summary>
    public const string UserName = "bounces@city.example";

    /// <summary>Its password.</summary>
    public const string Password = "a-password-for-tests";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<(string Uid, byte[] Raw)> _mails = [];
    private readonly Dictionary<string, int> _fetched = new(StringComparer.Ordinal);
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;
    private int _visits;

    /// <param name="tls">Whether it speaks TLS from the first byte, with a certificate that nobody vouches for.</param>
    public Pop3Server(bool tls = false)
    {
        _certificate = tls ? SelfSigned() : null;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether it keeps silent instead of answering.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether it hangs up on a farewell, so that nothing that was deleted is.</summary>
    public bool DropsFarewells { get; set; }

    /// <summary>How often the mailbox was opened with the right password.</summary>
    public int Visits => Volatile.Read(ref _visits);

    /// <summary>Puts a mail into the mailbox.</summary>
    /// <returns>Its UID.</returns>
    public string Deliver(byte[] raw)
    {
        var uid = Guid.NewGuid().ToString("N");
        lock (_mails)
            _mails.Add((uid, raw));
        return uid;
    }

    /// <summary>Whether this mail is in the mailbox.</summary>
    public bool Has(string uid) => Snapshot().Any(mail => mail.Uid == uid);

    /// <summary>How often this mail was fetched.</summary>
    public int FetchedOf(string uid)
    {
        lock (_mails)
            return _fetched.GetValueOrDefault(uid);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _certificate?.Dispose();
        _end.Dispose();
    }

    internal void Open() => Interlocked.Increment(ref _visits);

    internal IReadOnlyList<(string Uid, byte[] Raw)> Snapshot()
    {
        lock (_mails)
            return [.. _mails];
    }

    internal void Count(string uid)
    {
        lock (_mails)
            _fetched[uid] = _fetched.GetValueOrDefault(uid) + 1;
    }

    internal void Remove(IReadOnlySet<string> uids)
    {
        lock (_mails)
            _mails.RemoveAll(mail => uids.Contains(mail.Uid));
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
            _ = VisitAsync(await _listener.AcceptTcpClientAsync(_end.Token));
    }

    private async Task VisitAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = await SecuredAsync(client.GetStream());
            await new Pop3Visit(this, stream).RunAsync(_end.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // A visitor who hangs up, or does not trust the certificate, is what some tests are about.
        }
    }

    private async Task<Stream> SecuredAsync(Stream plain)
    {
        if (_certificate is null)
            return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
        return secure;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
