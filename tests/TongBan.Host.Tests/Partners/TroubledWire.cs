using System.Net;
using System.Net.Sockets;

namespace TongBan.Host.Tests.Partners;

/// <summary>What the wire does to the next request.</summary>
internal enum WireTrouble
{
    None,

    /// <summary>The connection is reset, and the partner hears nothing of it.</summary>
    Reset,

    /// <summary>The request gets lost, and nobody ever answers.</summary>
    Silence,

    /// <summary>The partner does what is asked, and its answer never arrives.</summary>
    AnswerHeldBack,

    /// <summary>The partner does what is asked, and the connection is reset before its answer.</summary>
    AnswerReset,
}

/// <summary>A wire between the host and a partner: real sockets, on which what goes wrong on networks can be made to.</summary>
internal sealed class TroubledWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private int _next;

    /// <param name="target">The partner's port.</param>
    public TroubledWire(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What happens to the next request; the ones after it go through.</summary>
    public void Make(WireTrouble trouble) => Interlocked.Exchange(ref _next, (int)trouble);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptSocketAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            var trouble = new Holder();
            await Task.WhenAny(ThereAsync(near, far, trouble), BackAsync(near, far, trouble));
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of them hung up.
        }
    }

    private async Task ThereAsync(Socket near, Socket far, Holder trouble)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await near.ReceiveAsync(buffer, _end.Token)) > 0)
        {
            if ((WireTrouble)Interlocked.Exchange(ref _next, 0) is not WireTrouble.None and var next)
                trouble.Now = next;
            if (trouble.Now == WireTrouble.Reset)
            {
                Reset(near);
                return;
            }

            if (trouble.Now != WireTrouble.Silence)
                await far.SendAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }

    private async Task BackAsync(Socket near, Socket far, Holder trouble)
    {
        var buffer = new byte[65536];
        int read;
        while ((read = await far.ReceiveAsync(buffer, _end.Token)) > 0)
        {
            if (trouble.Now == WireTrouble.AnswerReset)
            {
                Reset(near);
                return;
            }

            if (trouble.Now != WireTrouble.AnswerHeldBack)
                await near.SendAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }

    /// <summary>Closing without lingering sends RST instead of FIN.</summary>
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    private sealed class Holder
    {
        public WireTrouble Now { get; set; }
    }
}
