using System.Net;
using System.Text;

namespace TongBan.Host.Partners;

/// <summary>Reads what a partner answered, as far as it may be read: neither endless nor nested without end.</summary>
internal sealed class AnswerReader(TimeProvider time)
{
    /// <summary>A refusal's text is for people; a page of HTML would bury it.</summary>
    private const int LongestRefusal = 500;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <param name="response">The answer; its body is not read yet.</param>
    /// <param name="largest">The most bytes of its body.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PartnerAnswer> ReadAsync(HttpResponseMessage response, int largest, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
            return new PartnerAnswer.Unreachable($"HTTP {status}", RetryAfter(response));
        if (await ReadBodyAsync(response, largest, cancellationToken) is not { } body)
            return new PartnerAnswer.Unreachable($"HTTP {status} with an answer of more than {largest / 1024} KB");
        if (!response.IsSuccessStatusCode)
            return new PartnerAnswer.Refused(status, Short(Encoding.UTF8.GetString(body)));
        if (body.Length == 0)
            return new PartnerAnswer.Answered(default);
        return SafeJson.Parse(body) is { } json
            ? new PartnerAnswer.Answered(json)
            : new PartnerAnswer.Unreachable($"HTTP {status} with an answer that is no JSON object");
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, int largest, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > largest)
            return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > largest)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        var delay = asked?.Delta ?? (asked?.Date - time.GetUtcNow());
        return delay is { } given && given > TimeSpan.Zero ? given < LongestRetryAfter ? given : LongestRetryAfter : null;
    }

    private static string Short(string text) => text.Length > LongestRefusal ? text[..LongestRefusal] : text;
}
