using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Http;

/// <summary>Sends a request and leaves by the outcome that its answer's status code names.</summary>
/// <param name="source">The file the activity was made in; the compiler fills it in.</param>
/// <param name="line">The line in that file; the compiler fills it in.</param>
[Activity("Elsa", "HTTP", "Send an HTTP request.", DisplayName = "HTTP Request (flow)", Kind = ActivityKind.Task)]
public class FlowSendHttpRequest([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : SendHttpRequestBase(source, line), IActivityPropertyDefaultValueProvider
{
    /// <summary>Codes that are outcomes of their own; any other answer leaves by "Unmatched status code". Each leaves by "Done" as well, and with an empty list by that alone.</summary>
    [Input(Description = "A list of expected status codes to handle.", UIHint = InputUIHints.MultiText, DefaultValueProvider = typeof(FlowSendHttpRequest), Order = 5.1f)]
    public Input<ICollection<int>> ExpectedStatusCodes { get; set; } = null!;

    /// <inheritdoc />
    private protected override ValueTask OnResponseAsync(ActivityExecutionContext context, int statusCode)
    {
        var expected = ExpectedStatusCodes.GetOrDefault(context) ?? [];
        if (expected.Count == 0)
            return context.CompleteActivityWithOutcomesAsync("Done");
        return context.CompleteActivityWithOutcomesAsync(expected.Contains(statusCode) ? statusCode.ToString(CultureInfo.InvariantCulture) : "Unmatched status code", "Done");
    }

    /// <inheritdoc />
    private protected override ValueTask OnFailedToConnectAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("Failed to connect");

    /// <inheritdoc />
    private protected override ValueTask OnTimeoutAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync("Timeout");

    object IActivityPropertyDefaultValueProvider.GetDefaultValue(PropertyInfo property) => new List<int> { 200 };
}
