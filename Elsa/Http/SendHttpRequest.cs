using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Elsa.Definitions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;

namespace Elsa.Http;

/// <summary>Sends a request and runs the activity for its answer.</summary>
[Activity("Elsa", "HTTP", "Send an HTTP request.", DisplayName = "HTTP Request", Kind = ActivityKind.Task)]
public class SendHttpRequest([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : SendHttpRequestBase(source, line)
{
    [Input(Description = "A list of expected status codes to handle and the corresponding activity to execute when the status code matches.", UIHint = "http-status-codes")]
    public ICollection<HttpStatusCodeCase> ExpectedStatusCodes { get; set; } = [];

    [Port]
    public IActivity? UnmatchedStatusCode { get; set; }

    [Port]
    public IActivity? FailedToConnect { get; set; }

    [Port]
    public IActivity? Timeout { get; set; }

    /// <inheritdoc />
    protected override ValueTask OnResponseAsync(ActivityExecutionContext context, int statusCode)
    {
        var expected = ExpectedStatusCodes.FirstOrDefault(candidate => candidate.StatusCode == statusCode);
        return context.ScheduleActivityAsync(expected is null ? UnmatchedStatusCode : expected.Activity, OnChildActivityCompletedAsync);
    }

    /// <inheritdoc />
    protected override ValueTask OnFailedToConnectAsync(ActivityExecutionContext context) => context.ScheduleActivityAsync(FailedToConnect, OnChildActivityCompletedAsync);

    /// <inheritdoc />
    protected override ValueTask OnTimeoutAsync(ActivityExecutionContext context) => context.ScheduleActivityAsync(Timeout, OnChildActivityCompletedAsync);

    private static ValueTask OnChildActivityCompletedAsync(ActivityCompletedContext context) => context.TargetContext.CompleteActivityAsync();
}

/// <summary>A status code and the activity it leads to.</summary>
public class HttpStatusCodeCase : IActivityHolder
{
    [JsonConstructor]
    public HttpStatusCodeCase()
    {
    }

    public HttpStatusCodeCase(int statusCode, IActivity activity) => (StatusCode, Activity) = (statusCode, activity);

    public int StatusCode { get; set; }

    public IActivity? Activity { get; set; }
}
