using System.ComponentModel.DataAnnotations;

namespace Elsa.Calls;

/// <summary>What calls of workflows to the outside may do.</summary>
public sealed class OutboundOptions
{
    /// <summary>Hosts that may be called although their address is private, as <c>host</c> or <c>host:port</c>. None unless set.</summary>
    public ISet<string> AllowedHosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a call may take, to the last byte of the answer; 100 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>The longest answer, in bytes; 4 MiB unless set. A longer one is a call that failed.</summary>
    [Range(1, int.MaxValue)]
    public int ResponseSizeLimit { get; set; } = 4 * 1024 * 1024;

    /// <summary>How many redirects are followed; 5 unless set. Each one is asked about like a first call.</summary>
    [Range(0, 50)]
    public int MostRedirects { get; set; } = 5;
}
