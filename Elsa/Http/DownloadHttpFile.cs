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
[Activity("Elsa", "HTTP", "Downloads a file from a given URL.", DisplayName = "Download File", Kind = ActivityKind.Task)]
[Output(IsSerializable = false)]
public class DownloadHttpFile([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : Activity<HttpFile>(source, line), IActivityPropertyDefaultValueProvider
{
    [Input(DisplayName = "URL", Description = "The URL to download the file from.")]
    public Input<Uri?> Url { get; set; } = null!;

    [Input(Description = "The HTTP method to use when sending the request.", Options = new[] { "GET", "POST", "PUT" }, DefaultValue = "GET", UIHint = InputUIHints.DropDown)]
    public Input<string> Method { get; set; } = new("GET");

    [Input(Description = "A list of expected status codes to handle.", UIHint = InputUIHints.MultiText, DefaultValueProvider = typeof(DownloadHttpFile))]
    public Input<ICollection<int>> ExpectedStatusCodes { get; set; } = null!;

    [Input(Name = "Content", Description = "The content to send with the request. Can be a string, an object, a byte array or a stream.")]
    public Input<object?> RequestContent { get; set; } = null!;

    [Input(
        DisplayName = "Content Type",
        Description = "The content type to use when sending the request.",
        Options = new[] { "", "application/json", "application/soap+xml", "application/x-www-form-urlencoded", "application/xml", "text/html", "text/json", "text/plain", "text/richtext", "text/xml" },
        UIHint = InputUIHints.DropDown)]
    public Input<string?> RequestContentType { get; set; } = null!;

    [Input(Description = "The Authorization header value to send with the request. For example: Bearer {some-access-token}", Category = "Security")]
    public Input<string?> Authorization { get; set; } = null!;

    [Input(Description = "A value that allows to add the Authorization header without validation.", Category = "Security")]
    public Input<bool> DisableAuthorizationHeaderValidation { get; set; } = null!;

    [Input(Description = "The headers to send along with the request.", UIHint = InputUIHints.JsonEditor, Category = "Advanced")]
    public Input<HttpHeaders?> RequestHeaders { get; set; } = new(new HttpHeaders());

    [Output(IsSerializable = false)]
    public Output<HttpResponseMessage> Response { get; set; } = null!;

    [Output(Description = "The HTTP response status code")]
    public Output<int> StatusCode { get; set; } = null!;

    [Output(Description = "The downloaded content stream, if any.", IsSerializable = false)]
    public Output<Stream?> ResponseContentStream { get; set; } = null!;

    [Output(Description = "The downloaded content bytes, if any.", IsSerializable = false)]
    public Output<byte[]?> ResponseContentBytes { get; set; } = null!;

    [Output(Description = "The response headers that were received.")]
    public Output<HttpHeaders?> ResponseHeaders { get; set; } = null!;

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
