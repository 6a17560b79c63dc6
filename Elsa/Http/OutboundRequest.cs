using System.Net.Http.Headers;
using Elsa.Calls;
using Elsa.Workflows.Exceptions;

namespace Elsa.Http;

/// <summary>Makes the calls of the activities that send requests.</summary>
internal static class OutboundRequest
{
    /// <exception cref="FaultException">The URL is none that can be called.</exception>
    public static HttpCall Compose(string? method, Uri? url, HttpHeaders? headers, string? authorization, bool isUnchecked, object? content, string? contentType)
    {
        if (url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            throw new FaultException("InvalidUrl", "HTTP", "System", "A request needs an absolute URL that begins with http: or https:.");
        var all = new HttpHeaders(headers ?? []);
        if (!string.IsNullOrWhiteSpace(authorization))
            all["Authorization"] = [isUnchecked ? authorization : AuthenticationHeaderValue.Parse(authorization).ToString()];
        var (body, type) = content is null ? (null, null) : HttpContents.Format(content, contentType);
        return new HttpCall(string.IsNullOrEmpty(method) ? "GET" : method, url, all, body, type);
    }
}
