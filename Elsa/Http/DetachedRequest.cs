using Microsoft.AspNetCore.Http;

namespace Elsa.Http;

/// <summary>
/// A request for activities and scripts to read: a copy with no way to the connection, to the host's services or to whoever is
/// signed in, and without credentials. It is there in the burst that the request begins and is never stored.
/// </summary>
internal static class DetachedRequest
{
    /// <param name="request">The request that came in.</param>
    /// <param name="headers">Those that may be known.</param>
    /// <param name="body">What was read of the body.</param>
    /// <param name="form">The form that the body is; null for none.</param>
    public static HttpRequest Of(HttpRequest request, IEnumerable<string> headers, byte[] body, IFormCollection? form)
    {
        var copy = new DefaultHttpContext { TraceIdentifier = request.HttpContext.TraceIdentifier }.Request;
        (copy.Protocol, copy.Scheme, copy.Host, copy.Method) = (request.Protocol, request.Scheme, request.Host, request.Method);
        (copy.PathBase, copy.Path, copy.QueryString) = (request.PathBase, request.Path, request.QueryString);
        foreach (var name in headers)
            copy.Headers[name] = request.Headers[name];
        copy.Body = new MemoryStream(body, writable: false);
        if (form is not null)
            copy.Form = form;
        return copy;
    }
}
