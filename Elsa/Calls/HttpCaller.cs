using System.Net;
using System.Net.Sockets;
using Elsa.Http;
using Microsoft.Extensions.Options;
using MediaTypeHeaderValue = System.Net.Http.Headers.MediaTypeHeaderValue;

namespace Elsa.Calls;

/// <summary>A request as it is stored.</summary>
internal sealed record HttpCall(string Method, Uri Url, HttpHeaders Headers, byte[]? Body, string? ContentType);

/// <summary>Makes HTTP calls. Connections are shared by all workflows of this host, cookies are not kept, proxies not used: the address that is asked about is the one that answers.</summary>
internal sealed class HttpCaller : IDisposable
{
    private readonly HttpClient _client;
    private readonly OutboundOptions _options;
    private readonly TimeProvider _time;

    public HttpCaller(IOutboundPolicy policy, IOptions<OutboundOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = _options.MostRedirects > 0,
            MaxAutomaticRedirections = Math.Max(1, _options.MostRedirects),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = (context, ct) => ConnectAsync(policy, context.DnsEndPoint, ct),
        })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Never fails: what goes wrong is the result. Only giving up throws.</summary>
    public async Task<CallResult> SendAsync(string id, HttpCall call, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            using var request = Compose(id, call);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new CallResult(CallOutcome.Answered)
            {
                StatusCode = (int)response.StatusCode,
                Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase),
                ContentType = response.Content.Headers.ContentType?.ToString(),
                Body = await ReadAsync(response.Content, either.Token),
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new CallResult(CallOutcome.TimedOut) { Error = $"{call.Url.Host} did not answer within {_options.Timeout.TotalSeconds:0.#} seconds." };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or FormatException or InvalidOperationException)
        {
            return new CallResult(CallOutcome.Failed) { Error = e is HttpRequestException { InnerException: OutboundRefusedException refused } ? refused.Message : e.Message };
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Compose(string id, HttpCall call)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Url);
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(call.ContentType!);
        }

        foreach (var (name, values) in call.Headers.Where(header => !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values))
                request.Content?.Headers.TryAddWithoutValidation(name, values);
        }

        if (!request.Headers.Contains("Idempotency-Key"))
            request.Headers.Add("Idempotency-Key", id);
        return request;
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, ct)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > _options.ResponseSizeLimit)
                throw new IOException($"The answer is longer than {_options.ResponseSizeLimit} bytes.");
        }

        return buffer.ToArray();
    }

    /// <summary>Connects to the very addresses that were asked about: a name that resolves otherwise a moment later changes nothing.</summary>
    private static async ValueTask<Stream> ConnectAsync(IOutboundPolicy policy, DnsEndPoint target, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, ct);
        var allowed = Array.FindAll(addresses, address => policy.Allows(target.Host, target.Port, address));
        if (allowed.Length == 0)
            throw new OutboundRefusedException($"Workflows may not call {target.Host}:{target.Port}: its address is not a public one, and the host is not among those allowed.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class OutboundRefusedException(string message) : IOException(message);
}
