using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Elsa.Definitions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;

namespace Elsa.Http;

/// <summary>Sends a request and runs the activity for its answer.</summary>
/// <param name="source">The file the activity was made in; the compiler fills it in.</param>
/// <param name="line">The line in that file; the compiler fills it in.</param>
[Activity("Elsa", "HTTP", "Send an HTTP request.", DisplayName = "HTTP Request", Kind = ActivityKind.Task)]
public class SendHttpRequest([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : SendHttpRequestBase(source, line)
{
    /// <summary>Codes and what runs after each; the first that fits counts.</summary>
    [Input(Description = "A list of expected status codes to handle and the corresponding activity to execute when the status code matches.", UIHint = "http-status-codes")]
    public ICollection<HttpStatusCodeCase> ExpectedStatusCodes { get; set; } = [];

    /// <summary>Run when no code fits; without one the activity completes.</summary>
    [Port]
    public IActivity? UnmatchedStatusCode { get; set; }

    /// <summary>Run when there was no answer, or the address was refused; without one the activity completes.</summary>
    [Port]
    public IActivity? FailedToConnect { get; set; }

    /// <summary>Run when there was no answer in time; without one the activity completes.</summary>
    [Port]
    public IActivity? Timeout { get; set; }

    /// <inheritdoc />
    private protected override ValueTask OnResponseAsync(ActivityExecutionContext context, int statusCode)
    {
        var expected = ExpectedStatusCodes.FirstOrDefault(candidate => candidate.StatusCode == statusCode);
        return context.ScheduleActivityAsync(expected is null ? UnmatchedStatusCode : expected.Activity, OnChildActivityCompletedAsync);
    }

    /// <inheritdoc />
    private protected override ValueTask OnFailedToConnectAsync(ActivityExecutionContext context) => context.ScheduleActivityAsync(FailedToConnect, OnChildActivityCompletedAsync);

    /// <inheritdoc />
    private protected override ValueTask OnTimeoutAsync(ActivityExecutionContext context) => context.ScheduleActivityAsync(Timeout, OnChildActivityCompletedAsync);

    private static ValueTask OnChildActivityCompletedAsync(ActivityCompletedContext context) => context.TargetContext.CompleteActivityAsync();
}

/// <summary>A status code and the activity it leads to.</summary>
public class HttpStatusCodeCase : IActivityHolder
{
    /// <summary>For serializers.</summary>
    [JsonConstructor]
    public HttpStatusCodeCase()
    {
    }

    /// <summary>Runs <paramref name="activity"/> after an answer with the code <paramref name="statusCode"/>.</summary>
    public HttpStatusCodeCase(int statusCode, IActivity activity) => (StatusCode, Activity) = (statusCode, activity);

    /// <summary>A code of RFC 9110, 100 to 599.</summary>
    public int StatusCode { get; set; }

    /// <summary>What runs; null completes the request at once.</summary>
    public IActivity? Activity { get; set; }
}
