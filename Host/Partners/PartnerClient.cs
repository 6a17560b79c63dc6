using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;
using TongBan.Domain;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>Calls partners: signed, with an idempotency key, retried for a short while. Long waits are the outbox's.</summary>
internal sealed class PartnerClient(HttpClient http, PartnerDirectory partners, AnswerReader reader, PartnerTimings timings)
{
    /// <summary>Which partner a request is for: each has a pipeline of its own, so that one which is away does not open the circuit of the others.</summary>
    public static readonly HttpRequestOptionsKey<string> PartnerKey = new("TongBan.Partners.Partner");

    private const int LargestAnswer = 256 * 1024;

    /// <summary>An approval system that is asked how a case stands may answer with the result's files.</summary>
    private const int LargestApprovalAnswer = 40 * 1024 * 1024;

    /// <summary>Makes a call.</summary>
    /// <param name="kind">The kind of partner.</param>
    /// <param name="code">The provider's or authority's code.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Below the partner's base URL, without a slash at the start.</param>
    /// <param name="idempotencyKey">The same for every attempt of one call.</param>
    /// <param name="body">JSON, or null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PartnerAnswer> SendAsync(
        PartnerKind kind, string code, HttpMethod method, string path, string idempotencyKey, JsonElement? body, CancellationToken cancellationToken)
    {
        if (await partners.FindAsync(kind, code) is not { } partner)
            return new PartnerAnswer.Refused((int)HttpStatusCode.NotFound, $"没有合作方 {code}");
        using var request = new HttpRequestMessage(method, $"{partner.BaseUrl}/{path}");
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        request.Options.Set(SigningHandler.Secret, partner.Secret);
        request.Options.Set(PartnerKey, $"{Codes.Of(kind)}/{code}");
        if (body is { } json)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        // A body that drips without end is a partner that does not answer.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timings.Whole);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return await reader.ReadAsync(response, kind == PartnerKind.Approval ? LargestApprovalAnswer : LargestAnswer, patience.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutRejectedException or BrokenCircuitException or RateLimiterRejectedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new PartnerAnswer.Unreachable(exception.InnerException?.Message ?? exception.Message);
        }
    }
}
