using System.Reflection;
using Elsa.Http.Options;
using Elsa.Workflows;
using Elsa.Workflows.UIHints;
using Microsoft.Extensions.Options;

namespace Elsa.Http;

/// <summary>Shows the address of this host before an endpoint's path.</summary>
/// <param name="options">Say under which address endpoints are reached.</param>
public class HttpEndpointPathUIHandler(IOptions<HttpActivityOptions> options) : PropertyUIHandlerBase
{
    /// <inheritdoc />
    public override ValueTask<IDictionary<string, object>> GetUIPropertiesAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken = default)
    {
        var below = options.Value.BasePath.Trim('/') + "/";
        var address = options.Value.BaseUrl is { } url ? new Uri(url, below).ToString() : "/" + below;
        return new(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [InputUIHints.SingleLine] = new { adornmentText = address, enableCopyAdornment = true },
            ["Refresh"] = true,
        });
    }
}
