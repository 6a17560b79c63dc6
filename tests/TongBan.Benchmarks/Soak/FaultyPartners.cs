using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TongBan.Benchmarks.Soak;

/// <summary>A thing that a partner did once for a key, and how often it was asked to.</summary>
/// <param name="Subject">What it is about: the parcel's reference, the case's number, the message's recipient and text.</param>
/// <param name="Answer">What the partner answers, the same each time.</param>
internal sealed record PartnerDeed(string Key, string Subject, object Answer)
{
    private int _asked = 1;

    public int Asked => Volatile.Read(ref _asked);

    public void AskedAgain() => Interlocked.Increment(ref _asked);
}

/// <summary>
/// The courier, the approval systems and the SMS gateway, outside of the hosts that are killed. They fail as the dice say, do each
/// thing once for a key, and remember what they did: what is counted at the end is counted here.
/// </summary>
internal sealed class FaultyPartners : IAsyncDisposable
{
    public const string Secret = "the-secret-of-the-soak";

    private static readonly TimeSpan LongerThanAnyPatience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly PartnerFaults _faults;
    private readonly PartnerCallbacks _callbacks;
    private int _waybill;

    public FaultyPartners(PartnerFaults faults, PartnerCallbacks callbacks)
    {
        (_faults, _callbacks) = (faults, callbacks);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/courier/orders", request => TakeAsync(request, Orders, body => Text(body, "reference"), _ => Order(), Follow));
        _app.MapGet("/courier/orders/{orderNo}", (string orderNo) => _callbacks.StandOf(orderNo) is { } status ? Results.Ok(new { orderNo, status }) : Results.NotFound());
        _app.MapPost("/approval/{authority}/cases", request => TakeAsync(request, Pushes, body => Text(body, "caseNumber"), _ => new { status = "received" }, Decide));
        _app.MapGet("/approval/{authority}/cases/{number}", (string number) => Results.Ok(new { messages = _callbacks.SaidOf(number) }));
        _app.MapPost("/sms/messages", request => TakeAsync(request, Messages, body => $"{Text(body, "to")}: {Text(body, "text")}", key => new { id = key }, null));
    }

    /// <summary>Parcels by key.</summary>
    public ConcurrentDictionary<string, PartnerDeed> Orders { get; } = new(StringComparer.Ordinal);

    /// <summary>Cases that were pushed, by key.</summary>
    public ConcurrentDictionary<string, PartnerDeed> Pushes { get; } = new(StringComparer.Ordinal);

    /// <summary>Short messages by key.</summary>
    public ConcurrentDictionary<string, PartnerDeed> Messages { get; } = new(StringComparer.Ordinal);

    public string Address => _app.Urls.First();

    public Task StartAsync() => _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context, ConcurrentDictionary<string, PartnerDeed> deeds, Func<JsonElement, string> subjectOf, Func<string, object> answerOf, Action<HttpContext, PartnerDeed, JsonElement>? begin)
    {
        var fault = _faults.Roll();
        if (fault is PartnerFault.Reset)
        {
            context.Abort();
            return;
        }

        if (fault is PartnerFault.Error or PartnerFault.Busy)
        {
            context.Response.StatusCode = fault == PartnerFault.Error ? StatusCodes.Status500InternalServerError : StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        var deed = await DoAsync(context, deeds, subjectOf, answerOf, begin);
        switch (fault)
        {
            case PartnerFault.AnswerLost:
                context.Abort();
                break;
            case PartnerFault.Silence:
                await Task.Delay(LongerThanAnyPatience, context.RequestAborted);
                break;
            case PartnerFault.Garbage:
                context.Response.StatusCode = StatusCodes.Status201Created;
                await context.Response.WriteAsync("<html>busy</html>");
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status201Created;
                await context.Response.WriteAsJsonAsync(deed.Answer);
                break;
        }
    }

    private static async Task<PartnerDeed> DoAsync(
        HttpContext context, ConcurrentDictionary<string, PartnerDeed> deeds, Func<JsonElement, string> subjectOf, Func<string, object> answerOf, Action<HttpContext, PartnerDeed, JsonElement>? begin)
    {
        var body = await context.Request.ReadFromJsonAsync<JsonElement>();
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        lock (deeds)
        {
            if (deeds.TryGetValue(key, out var done))
            {
                done.AskedAgain();
                return done;
            }

            var deed = deeds[key] = new PartnerDeed(key, subjectOf(body), answerOf(key));
            begin?.Invoke(context, deed, body);
            return deed;
        }
    }

    private CourierOrder Order()
    {
        var number = Interlocked.Increment(ref _waybill).ToString("D10", provider: null);
        return new CourierOrder("SO" + number, "77" + number);
    }

    private void Follow(HttpContext context, PartnerDeed deed, JsonElement body) => _callbacks.Follow((CourierOrder)deed.Answer);

    private void Decide(HttpContext context, PartnerDeed deed, JsonElement body) => _callbacks.Decide(context.Request.RouteValues["authority"]!.ToString()!, deed.Subject);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}

/// <summary>What the courier answers.</summary>
internal sealed record CourierOrder(string OrderNo, string Waybill);
