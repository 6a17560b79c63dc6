using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>Calls partners: signed, with an idempotency key, retried for a short while. Long waits are the outbox's.</summary>
internal sealed class PartnerClient(HttpClient http, PartnerDirectory partners)
{
    /// <summary>A refusal's text is for people; a page of HTML would bury it.</summary>
    private const int LongestRefusal = 500;

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
        if (partners.Find(kind, code) is not { } partner)
            return new PartnerAnswer.Refused((int)HttpStatusCode.NotFound, $"没有合作方 {code}");
        using var request = new HttpRequestMessage(method, $"{partner.BaseUrl}/{path}");
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        request.Options.Set(SigningHandler.Secret, partner.Secret);
        if (body is { } json)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return await ReadAsync(response, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            return new PartnerAnswer.Unreachable(exception.InnerException?.Message ?? exception.Message);
        }
    }

    private static async Task<PartnerAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var status = (int)response.StatusCode;
        if (status is >= 500 or 408 or 429)
            return new PartnerAnswer.Unreachable($"HTTP {status}");
        if (!response.IsSuccessStatusCode)
            return new PartnerAnswer.Refused(status, text.Length > LongestRefusal ? text[..LongestRefusal] : text);
        if (text.Length == 0)
            return new PartnerAnswer.Answered(default);
        try
        {
            using var document = JsonDocument.Parse(text);
            return new PartnerAnswer.Answered(document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            return new PartnerAnswer.Unreachable($"HTTP {status} with an answer that is no JSON: {exception.Message}");
        }
    }
}
