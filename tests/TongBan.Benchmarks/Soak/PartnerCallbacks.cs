using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using TongBan.Host.Partners;
using TongBan.Host.Sandbox;

namespace TongBan.Benchmarks.Soak;

/// <summary>
/// What partners say by themselves: each message is said until a host takes it, some late, some twice. A message that is late
/// does not hold up the next one, so that they come out of order.
/// </summary>
internal sealed class PartnerCallbacks(SoakHosts hosts, PartnerFaults faults, SoakOptions options) : IDisposable
{
    private const double SaidTwice = 0.05;
    private const double WithProcedure = 0.1;
    private const double Rejected = 0.1;

    private static readonly string[] Journey = ["collected", "inTransit", "outForDelivery", "signed"];
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<string, string> _stands = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<object>> _said = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private int _waiting;
    private int _late;
    private int _twice;
    private int _sent;

    /// <summary>How many were said, how many of them late, how many twice.</summary>
    public (int Sent, int Late, int Twice) Counts => (_sent, _late, _twice);

    /// <summary>How many wait to be said or heard.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public string? StandOf(string orderNo) => _stands.GetValueOrDefault(orderNo);

    public IEnumerable<object> SaidOf(string caseNumber) => _said.GetValueOrDefault(caseNumber) ?? [];

    /// <summary>Reports a parcel until it is signed for.</summary>
    public void Follow(CourierOrder order)
    {
        _stands[order.OrderNo] = "created";
        foreach (var (index, status) in Journey.Index())
        {
            var at = TimeProvider.System.GetUtcNow() + (Step * (index + 1));
            Say("/callbacks/courier/unified", Step * (index + 1), new { messageId = $"{order.OrderNo}-{index}", order.Waybill, status, at, place = "示例网点", signedBy = status == "signed" ? "本人" : null },
                () => _stands[order.OrderNo] = status);
        }
    }

    /// <summary>Acknowledges a case and decides it; now and then with a special procedure between.</summary>
    public void Decide(string authority, string number)
    {
        var documentNumber = $"{authority}-{number}";
        string[] kinds = faults.Happens(WithProcedure) ? ["acknowledged", "specialProcedureStarted", "specialProcedureEnded", "decided"] : ["acknowledged", "decided"];
        var isRejected = faults.Happens(Rejected);
        foreach (var (index, kind) in kinds.Index())
        {
            var decision = kind != "decided" ? null : isRejected
                ? (object)new { result = "rejected", reason = "示例：不符合条件" }
                : new { result = "approved", documentNumber, files = new[] { new { name = "result.pdf", mediaType = "application/pdf", base64 = Convert.ToBase64String(SamplePdf.Of("Sample result", number)) } } };
            var at = TimeProvider.System.GetUtcNow() + (Step * (index + 1));
            var message = new { messageId = $"{number}-{index}", caseNumber = number, kind, at, reason = "示例", decision };
            Say($"/callbacks/approval/{authority}", Step * (index + 1), message, () => _said.GetOrAdd(number, _ => new()).Enqueue(message));
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _http.Dispose();
    }

    private void Say(string path, TimeSpan when, object message, Action happened)
    {
        Interlocked.Increment(ref _waiting);
        var isLate = faults.Happens(options.Delayed);
        var isTwice = faults.Happens(SaidTwice);
        _ = SayAsync();

        async Task SayAsync()
        {
            await Task.Delay(when, _end.Token);
            happened();
            if (isLate)
            {
                Interlocked.Increment(ref _late);
                await Task.Delay(Late, _end.Token);
            }

            for (var time = 0; time < (isTwice ? 2 : 1); time++)
            {
                while (!await IsHeardAsync(path, message))
                    await Task.Delay(Again, _end.Token);
            }

            if (isTwice)
                Interlocked.Increment(ref _twice);
            Interlocked.Increment(ref _sent);
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<bool> IsHeardAsync(string path, object message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web);
        var (timestamp, nonce) = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Guid.NewGuid().ToString("N"));
        using var request = new HttpRequestMessage(HttpMethod.Post, hosts.Any() + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(Signature.TimestampHeader, timestamp);
        request.Headers.Add(Signature.NonceHeader, nonce);
        request.Headers.Add(Signature.SignatureHeader, Signature.Compute(FaultyPartners.Secret, timestamp, nonce, body));
        try
        {
            using var response = await _http.SendAsync(request, _end.Token);
            return (int)response.StatusCode == 202;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException && !_end.IsCancellationRequested)
        {
            return false;
        }
    }
}
