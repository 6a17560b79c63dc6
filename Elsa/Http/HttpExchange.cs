using Microsoft.AspNetCore.Http;

namespace Elsa.Http;

/// <summary>A request as workflows read it.</summary>
/// <param name="Path">Below the base path.</param>
/// <param name="Content">The parsed body.</param>
/// <param name="Query">A value, or a list where the name is repeated.</param>
/// <param name="Headers">Likewise. Credentials are left out: what is here is stored with the instance.</param>
/// <param name="Copy">The request as a whole. It lives no longer than the burst.</param>
internal sealed record ReceivedRequest(string Path, object? Content, Dictionary<string, object> Query, Dictionary<string, object> Headers, HttpRequest Copy)
{
    /// <summary>The files of a form. They live no longer than the burst.</summary>
    public IFormFile[] Files { get; init; } = [];

    /// <summary>By which outcome the endpoint is left instead of taking the request; null when it is taken.</summary>
    public string? RefusedAs { get; init; }
}

/// <summary>A response that is sent once the burst is committed.</summary>
internal sealed record ComposedResponse(int StatusCode, string? ContentType, byte[]? Body, HttpHeaders Headers)
{
    /// <summary>The name under which a client is to save it; null when it is no file.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether parts of it may be asked for.</summary>
    public bool IsResumable { get; init; }

    public string? EntityTag { get; init; }
}

/// <summary>The request that a burst of this scope serves: between activities, which may not touch the connection, and the endpoint.</summary>
internal sealed class HttpExchange
{
    private ReceivedRequest? _request;

    /// <summary>Whether a request waits for a response.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The last one that an activity wrote.</summary>
    public ComposedResponse? Response { get; private set; }

    /// <summary>Also begins anew: a burst that is run again must not see what its first run left.</summary>
    public void Open(ReceivedRequest request) => (_request, Response, IsOpen) = (request, null, true);

    /// <summary>What runs after the commit in the same scope serves no request.</summary>
    public void Close() => (_request, IsOpen) = (null, false);

    /// <summary>The request, once: an endpoint that is reached again in the same burst waits for the next.</summary>
    public ReceivedRequest? Take()
    {
        var taken = _request;
        _request = null;
        return taken;
    }

    public void Respond(ComposedResponse response) => Response = response;
}
