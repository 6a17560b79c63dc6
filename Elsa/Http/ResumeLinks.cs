using System.Security.Cryptography;
using System.Text.Json;
using Elsa.Http.Options;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Elsa.Http;

/// <summary>What a link resumes: a bookmark, or all that waits in an instance for an event.</summary>
internal sealed record ResumeTarget(string WorkflowInstanceId, string? BookmarkId = null, string? EventName = null);

/// <summary>
/// Links that go on with an instance for whoever has them, without signing in. They are sealed by the host's data protection
/// keys, so that nobody can make or change one; with an end they are worth nothing after it.
/// </summary>
internal sealed class ResumeLinks(IDataProtectionProvider protection, IOptions<HttpActivityOptions> options)
{
    private const string Ending = "e.";
    private const string Lasting = "l.";
    private readonly ITimeLimitedDataProtector _ending = protection.CreateProtector("Elsa.ResumeLinks", "ending").ToTimeLimitedDataProtector();
    private readonly IDataProtector _lasting = protection.CreateProtector("Elsa.ResumeLinks", "lasting");

    public string Token(ResumeTarget target, TimeSpan? lifetime, DateTimeOffset? expiresAt)
    {
        var text = JsonSerializer.Serialize(target);
        if (lifetime is { } span)
            return Ending + _ending.Protect(text, span);
        return expiresAt is { } end ? Ending + _ending.Protect(text, end) : Lasting + _lasting.Protect(text);
    }

    /// <summary>Absolute when the host says how it is addressed, else from its root.</summary>
    public string Url(string path, string token)
    {
        var local = $"/elsa/api/{path}?t={token}";
        return options.Value.BaseUrl is { } host ? new Uri(host, local).ToString() : local;
    }

    /// <summary>Null for a token that is not ours, was changed, or has ended.</summary>
    public ResumeTarget? Read(string? token)
    {
        try
        {
            if (token?.StartsWith(Ending, StringComparison.Ordinal) == true)
                return JsonSerializer.Deserialize<ResumeTarget>(_ending.Unprotect(token[Ending.Length..]));
            if (token?.StartsWith(Lasting, StringComparison.Ordinal) == true)
                return JsonSerializer.Deserialize<ResumeTarget>(_lasting.Unprotect(token[Lasting.Length..]));
            return null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
