using System.Net;
using System.Runtime.CompilerServices;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Http;

/// <summary>Answers the request that this burst serves. It is sent once the burst is committed, so nobody is told of what was not stored; of several the last counts.</summary>
[Activity("Elsa", "HTTP", "Write a response to the current HTTP response object.", DisplayName = "HTTP Response")]
public class WriteHttpResponse : Activity
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public WriteHttpResponse([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Answers 200 with <paramref name="content"/>.</summary>
    public WriteHttpResponse(Input<object?> content, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Content = content;

    /// <summary>Answers 200 with <paramref name="content"/> of the given media type.</summary>
    public WriteHttpResponse(Input<object?> content, Input<string?> contentType, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(content, source, line) =>
        ContentType = contentType;

    /// <summary>A code of RFC 9110; 200 when it is not set.</summary>
    [Input(DefaultValue = HttpStatusCode.OK, Description = "The status code to return.", UIHint = InputUIHints.DropDown)]
    public Input<HttpStatusCode> StatusCode { get; set; } = new(HttpStatusCode.OK);

    /// <summary>Text and bytes as they are, anything else as JSON. Not sent with 204 and 304.</summary>
    [Input(Description = "The content to write back. String values will be sent as-is, while objects will be serialized to a JSON string. Byte arrays and streams will be sent as files.")]
    public Input<object?> Content { get; set; } = null!;

    /// <summary>The media type of the content (RFC 6838); blank goes by the content.</summary>
    [Input(
        Description = "The content type to write when sending the response.",
        Options = new[] { "", "application/json", "application/soap+xml", "application/x-www-form-urlencoded", "application/xml", "text/html", "text/json", "text/plain", "text/richtext", "text/xml" },
        UIHint = InputUIHints.DropDown)]
    public Input<string?> ContentType { get; set; } = null!;

    /// <summary>More headers, by name.</summary>
    [Input(Description = "The headers to send along with the response.", UIHint = InputUIHints.JsonEditor, Category = "Advanced")]
    public Input<HttpHeaders?> ResponseHeaders { get; set; } = new(new HttpHeaders());

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var exchange = context.GetRequiredService<HttpExchange>();
        if (!exchange.IsOpen)
            throw new FaultException("NoHttpContext", "HTTP", "System", "No request waits for a response here: the one that started or resumed this workflow was answered when its burst was over, or there was none.");
        var status = (int)StatusCode.GetOrDefault(context);
        var content = Content.GetOrDefault(context);
        var (body, type) = content is null || status is 204 or 304 ? (null, null) : HttpContents.Format(content, ContentType.GetOrDefault(context));
        exchange.Respond(new ComposedResponse(status == 0 ? 200 : status, type, body, ResponseHeaders.GetOrDefault(context) ?? []));
        return context.CompleteActivityAsync();
    }
}
