using System.ComponentModel.DataAnnotations;

namespace Elsa.Http.Options;

/// <summary>Where workflows are reached over HTTP.</summary>
public sealed class HttpActivityOptions
{
    /// <summary>The path below which endpoints are found; <c>/workflows</c> unless set.</summary>
    [Required]
    public string BasePath { get; set; } = "/workflows";

    /// <summary>How this host is addressed from outside; the designer shows it before an endpoint's path. None unless set.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The largest body, in bytes, of a request to an endpoint that sets no limit itself; 4 MiB unless set. Bodies are held in memory.</summary>
    [Range(1, int.MaxValue)]
    public long RequestSizeLimit { get; set; } = 4 * 1024 * 1024;
}
