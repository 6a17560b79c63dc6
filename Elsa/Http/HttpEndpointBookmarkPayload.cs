using System.Text.Json.Serialization;
using Elsa.Workflows.Attributes;

namespace Elsa.Http.Bookmarks;

/// <summary>A request that an endpoint waits for. Only path and method say which; the rest is how it is served.</summary>
public record HttpEndpointBookmarkPayload
{
    private readonly string _path = "";
    private readonly string _method = "";

    /// <summary>For serializers.</summary>
    [JsonConstructor]
    public HttpEndpointBookmarkPayload()
    {
    }

    /// <summary>A request of one path and one method.</summary>
    public HttpEndpointBookmarkPayload(string path, string method, bool? authorize = default, string? policy = default, TimeSpan? requestTimeout = default, long? requestSizeLimit = default) =>
        (Path, Method, Authorize, Policy, RequestTimeout, RequestSizeLimit) = (path, method, authorize, policy, requestTimeout, requestSizeLimit);

    /// <summary>A path below the base path, in lower case: <c>/cases/{id}</c>.</summary>
    public string Path
    {
        get => _path;
        init => _path = value.ToLowerInvariant();
    }

    /// <summary>In lower case.</summary>
    public string Method
    {
        get => _method;
        init => _method = value.ToLowerInvariant();
    }

    /// <summary>The authorization policy that is asked; null is none.</summary>
    [ExcludeFromHash]
    public string? Policy { get; set; }

    /// <summary>Whether only those who are signed in are served; null is false.</summary>
    [ExcludeFromHash]
    public bool? Authorize { get; set; }

    /// <summary>How long the burst may take; null is without limit.</summary>
    [ExcludeFromHash]
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>In bytes.</summary>
    [ExcludeFromHash]
    public long? RequestSizeLimit { get; set; }

    /// <summary>What is said of uploaded files; null for nothing.</summary>
    [ExcludeFromHash]
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    internal UploadRules? Uploads { get; set; }

    /// <summary>Whether a request that is too large is the workflow's to answer.</summary>
    [ExcludeFromHash]
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    internal bool ExposeRequestTooLargeOutcome { get; set; }
}
