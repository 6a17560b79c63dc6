using System.Text.Json;
using Elsa.Calls;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Http;

/// <summary>
/// Base of activities that send a request. The burst only asks for it; it is sent when the burst is committed, and the answer
/// resumes the activity. <c>Result</c> stays empty: a message does not outlive its connection.
/// </summary>
/// <param name="source">The file the activity was made in; the compiler fills it in.</param>
/// <param name="line">The line in that file; the compiler fills it in.</param>
[Output(IsSerializable = false)]
public abstract class SendHttpRequestBase(string? source = null, int? line = null) : Activity<HttpResponseMessage>(source, line)
{
    /// <summary>The first and eight more, as in the original.</summary>
    private const int MostAttempts = 9;

    /// <summary>An absolute URL that begins with <c>http:</c> or <c>https:</c>, at a host that the application's <c>IOutboundPolicy</c> allows.</summary>
    [Input(Order = 0)]
    public Input<Uri?> Url { get; set; } = null!;

    /// <summary>A method (RFC 9110); GET when it is not set.</summary>
    [Input(
        Description = "The HTTP method to use when sending the request.",
        Options = new[] { "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD" },
        DefaultValue = "GET",
        UIHint = InputUIHints.DropDown,
        Order = 1)]
    public Input<string> Method { get; set; } = new("GET");

    /// <summary>The body: text and bytes as they are, a map as a form where the type says so, anything else as JSON. Null is none.</summary>
    [Input(Description = "The content to send with the request. Can be a string, an object, a byte array or a stream.", Order = 2)]
    public Input<object?> Content { get; set; } = null!;

    /// <summary>The media type of the body (RFC 9110); blank goes by the content.</summary>
    [Input(
        Description = "The content type to use when sending the request.",
        Options = new[] { "", "application/json", "application/soap+xml", "application/x-www-form-urlencoded", "application/xml", "text/html", "text/json", "text/plain", "text/richtext", "text/xml" },
        UIHint = InputUIHints.DropDown,
        Order = 3)]
    public Input<string?> ContentType { get; set; } = null!;

    /// <summary>The whole value of the header <c>Authorization</c> (RFC 9110). Kept out of the history; stored with the call until the answer is there.</summary>
    [Input(Description = "The Authorization header value to send with the request. For example: Bearer {some-access-token}", Category = "Security", CanContainSecrets = true, Order = 4)]
    public Input<string?> Authorization { get; set; } = null!;

    /// <summary>Whether a value that the standard does not know is sent all the same.</summary>
    [Input(Description = "A value that allows to add the Authorization header without validation.", Category = "Security", Order = 5)]
    public Input<bool> DisableAuthorizationHeaderValidation { get; set; } = null!;

    /// <summary>More headers, by name.</summary>
    [Input(Description = "The headers to send along with the request.", UIHint = InputUIHints.JsonEditor, Category = "Advanced", Order = 6)]
    public Input<HttpHeaders?> RequestHeaders { get; set; } = new(new HttpHeaders());

    /// <summary>Tries again, up to eight times and ever later, what failed for a while only.</summary>
    [Input(Description = "Obsolete. Use the common Resilience Strategy setting instead.")]
    public Input<bool> EnableResiliency { get; set; } = null!;

    /// <summary>The code of the answer, 100 to 599.</summary>
    [Output(Description = "The HTTP response status code")]
    public Output<int> StatusCode { get; set; } = null!;

    /// <summary>JSON as objects and lists, text as text, anything else as bytes; null for an empty body.</summary>
    [Output(Description = "The parsed content, if any.")]
    public Output<object?> ParsedContent { get; set; } = null!;

    /// <summary>All headers of the answer, those of its content included.</summary>
    [Output(Description = "The response headers that were received.")]
    public Output<HttpHeaders?> ResponseHeaders { get; set; } = null!;

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.RequestCall(CallKinds.Http, Compose(context), EnableResiliency.GetOrDefault(context) ? MostAttempts : 1, OnAnsweredAsync);
        return default;
    }

    /// <summary>Goes on after an answer.</summary>
    private protected abstract ValueTask OnResponseAsync(ActivityExecutionContext context, int statusCode);

    /// <summary>Goes on when there was none.</summary>
    private protected abstract ValueTask OnFailedToConnectAsync(ActivityExecutionContext context);

    /// <summary>Goes on when there was none in time.</summary>
    private protected abstract ValueTask OnTimeoutAsync(ActivityExecutionContext context);

    private ValueTask OnAnsweredAsync(ActivityExecutionContext context)
    {
        if (context.GetCallResult() is not { } result)
            throw new FaultException("NoAnswer", "HTTP", "System", "Resumed without an answer: only the answer to its request may resume this activity.");
        if (result.Outcome == CallOutcome.TimedOut)
            return OnTimeoutAsync(context);
        if (result.Outcome == CallOutcome.Failed)
            return OnFailedToConnectAsync(context);
        context.Set(StatusCode, result.StatusCode);
        context.Set(ParsedContent, Parse(result));
        context.Set(ResponseHeaders, new HttpHeaders(result.Headers));
        return OnResponseAsync(context, result.StatusCode);
    }

    /// <summary>An answer that is not the JSON it says it is stays a text: its status code still counts.</summary>
    private static object? Parse(CallResult result)
    {
        try
        {
            return HttpContents.Parse(result.Body, result.ContentType);
        }
        catch (JsonException)
        {
            return System.Text.Encoding.UTF8.GetString(result.Body);
        }
    }

    private HttpCall Compose(ActivityExecutionContext context) => OutboundRequest.Compose(
        Method.GetOrDefault(context), Url.GetOrDefault(context), RequestHeaders.GetOrDefault(context), Authorization.GetOrDefault(context),
        DisableAuthorizationHeaderValidation.GetOrDefault(context), Content.GetOrDefault(context), ContentType.GetOrDefault(context));
}
