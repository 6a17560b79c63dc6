using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.CompilerServices;
using Elsa.Calls;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Http;

/// <summary>
/// Fetches a file. As with requests, it is fetched when the burst is committed. The file itself is there for the burst that its
/// arrival begins, and is not kept beyond a wait. <c>Response</c> stays empty: a message does not outlive its connection.
/// </summary>
/// <param name="source">The file the activity was made in; the compiler fills it in.</param>
/// <param name="line">The line in that file; the compiler fills it in.</param>
[Activity("Elsa", "HTTP", "Downloads a file from a given URL.", DisplayName = "Download File", Kind = ActivityKind.Task)]
[Output(IsSerializable = false)]
public class DownloadHttpFile([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : Activity<HttpFile>(source, line), IActivityPropertyDefaultValueProvider
{
    /// <summary>An absolute URL that begins with <c>http:</c> or <c>https:</c>, at a host that the application's <c>IOutboundPolicy</c> allows.</summary>
    [Input(DisplayName = "URL", Description = "The URL to download the file from.")]
    public Input<Uri?> Url { get; set; } = null!;

    /// <summary>A method (RFC 9110); GET when it is not set.</summary>
    [Input(Description = "The HTTP method to use when sending the request.", Options = new[] { "GET", "POST", "PUT" }, DefaultValue = "GET", UIHint = InputUIHints.DropDown)]
    public Input<string> Method { get; set; } = new("GET");

    /// <summary>Codes that are outcomes of their own; any other answer leaves by "Unmatched status code". Each leaves by "Done" as well, and with an empty list by that alone.</summary>
    [Input(Description = "A list of expected status codes to handle.", UIHint = InputUIHints.MultiText, DefaultValueProvider = typeof(DownloadHttpFile))]
    public Input<ICollection<int>> ExpectedStatusCodes { get; set; } = null!;

    /// <summary>The body: text and bytes as they are, a map as a form where the type says so, anything else as JSON. Null is none.</summary>
    [Input(Name = "Content", Description = "The content to send with the request. Can be a string, an object, a byte array or a stream.")]
    public Input<object?> RequestContent { get; set; } = null!;

    /// <summary>The media type of the body (RFC 9110); blank goes by the content.</summary>
    [Input(
        DisplayName = "Content Type",
        Description = "The content type to use when sending the request.",
        Options = new[] { "", "application/json", "application/soap+xml", "application/x-www-form-urlencoded", "application/xml", "text/html", "text/json", "text/plain", "text/richtext", "text/xml" },
        UIHint = InputUIHints.DropDown)]
    public Input<string?> RequestContentType { get; set; } = null!;

    /// <summary>The whole value of the header <c>Authorization</c> (RFC 9110). Kept out of the history; stored with the call until the answer is there.</summary>
    [Input(Description = "The Authorization header value to send with the request. For example: Bearer {some-access-token}", Category = "Security", CanContainSecrets = true)]
    public Input<string?> Authorization { get; set; } = null!;

    /// <summary>Whether a value that the standard does not know is sent all the same.</summary>
    [Input(Description = "A value that allows to add the Authorization header without validation.", Category = "Security")]
    public Input<bool> DisableAuthorizationHeaderValidation { get; set; } = null!;

    /// <summary>More headers, by name.</summary>
    [Input(Description = "The headers to send along with the request.", UIHint = InputUIHints.JsonEditor, Category = "Advanced")]
    public Input<HttpHeaders?> RequestHeaders { get; set; } = new(new HttpHeaders());

    /// <summary>Stays empty: a message does not outlive its connection.</summary>
    [Output(IsSerializable = false)]
    public Output<HttpResponseMessage> Response { get; set; } = null!;

    /// <summary>The code of the answer, 100 to 599.</summary>
    [Output(Description = "The HTTP response status code")]
    public Output<int> StatusCode { get; set; } = null!;

    /// <summary>The file as a stream, in the burst that its arrival begins; null when it is empty.</summary>
    [Output(Description = "The downloaded content stream, if any.", IsSerializable = false)]
    public Output<Stream?> ResponseContentStream { get; set; } = null!;

    /// <summary>The file as bytes, in the burst that its arrival begins; null when it is empty.</summary>
    [Output(Description = "The downloaded content bytes, if any.", IsSerializable = false)]
    public Output<byte[]?> ResponseContentBytes { get; set; } = null!;

    /// <summary>Headers of the answer, without those of its content.</summary>
    [Output(Description = "The response headers that were received.")]
    public Output<HttpHeaders?> ResponseHeaders { get; set; } = null!;

    /// <summary>Headers of the content, such as <c>Content-Type</c>.</summary>
    [Output(DisplayName = "Content Headers", Description = "The response content headers that were received.")]
    public Output<HttpHeaders?> ResponseContentHeaders { get; set; } = null!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var call = OutboundRequest.Compose(
            Method.GetOrDefault(context), Url.GetOrDefault(context), RequestHeaders.GetOrDefault(context), Authorization.GetOrDefault(context),
            DisableAuthorizationHeaderValidation.GetOrDefault(context), RequestContent.GetOrDefault(context), RequestContentType.GetOrDefault(context));
        context.SetProperty("Url", call.Url.ToString());
        context.RequestCall(CallKinds.Http, call, 1, OnAnsweredAsync);
    }

    object IActivityPropertyDefaultValueProvider.GetDefaultValue(PropertyInfo property) => new List<int> { 200 };

    private ValueTask OnAnsweredAsync(ActivityExecutionContext context)
    {
        if (context.GetCallResult() is not { } result)
            throw new FaultException("NoAnswer", "HTTP", "System", "Resumed without an answer: only the answer to its request may resume this activity.");
        if (result.Outcome != CallOutcome.Answered)
            return context.CompleteActivityWithOutcomesAsync(result.Outcome == CallOutcome.TimedOut ? "Timeout" : "Failed to connect");
        var file = FileOf(result, new Uri(context.GetProperty<string>("Url")!));
        context.Set(Result, file);
        context.Set(ResponseContentStream, file?.Stream);
        context.Set(ResponseContentBytes, file is null ? null : result.Body);
        context.Set(StatusCode, result.StatusCode);
        context.Set(ResponseHeaders, Headers(result, ofContent: false));
        context.Set(ResponseContentHeaders, Headers(result, ofContent: true));
        var expected = ExpectedStatusCodes.GetOrDefault(context) ?? [];
        return expected.Count == 0
            ? context.CompleteActivityWithOutcomesAsync("Done")
            : context.CompleteActivityWithOutcomesAsync(expected.Contains(result.StatusCode) ? result.StatusCode.ToString(CultureInfo.InvariantCulture) : "Unmatched status code", "Done");
    }

    private static HttpFile? FileOf(CallResult result, Uri url)
    {
        if (result.Body.Length == 0)
            return null;
        var told = result.Headers.TryGetValue("Content-Disposition", out var values) && ContentDispositionHeaderValue.TryParse(values[0], out var disposition) ? (disposition.FileNameStar ?? disposition.FileName)?.Trim('"') : null;
        var name = told is { Length: > 0 } ? told : Uri.UnescapeDataString(url.Segments[^1].Trim('/'));
        return new HttpFile(
            new MemoryStream(result.Body, writable: false),
            Path.GetFileName(name) is { Length: > 0 } file ? file : "file.dat",
            result.ContentType?.Split(';')[0],
            result.Headers.TryGetValue("ETag", out var tags) ? tags[0] : null);
    }

    private static HttpHeaders Headers(CallResult result, bool ofContent) =>
        new(result.Headers.Where(header => IsOfContent(header.Key) == ofContent).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase));

    private static bool IsOfContent(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.Equals("Allow", StringComparison.OrdinalIgnoreCase) || name.Equals("Expires", StringComparison.OrdinalIgnoreCase) || name.Equals("Last-Modified", StringComparison.OrdinalIgnoreCase);
}
