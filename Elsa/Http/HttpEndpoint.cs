using System.Runtime.CompilerServices;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Http.Bookmarks;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using Microsoft.AspNetCore.Http;

namespace Elsa.Http;

/// <summary>The names under which endpoints are found.</summary>
public static class HttpStimulusNames
{
    public const string HttpEndpoint = "Elsa.HttpEndpoint";
}

/// <summary>Starts with a request to a path, or waits for one. <c>File</c> and <c>Files</c> are there for the burst that the request begins; <c>Result</c> stays empty: a request does not outlive its burst.</summary>
[Activity("Elsa", "HTTP", "Wait for an inbound HTTP request that matches the specified path and methods.", DisplayName = "HTTP Endpoint")]
[Output(IsSerializable = false)]
public class HttpEndpoint : Trigger<HttpRequest>
{
    public HttpEndpoint([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public HttpEndpoint(Input<string> path, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Path = path;

    [Input(Description = "The path to associate with the workflow.", UIHint = InputUIHints.SingleLine, UIHandler = typeof(HttpEndpointPathUIHandler))]
    public Input<string> Path { get; set; } = null!;

    [Input(Description = "The HTTP methods to accept.", Options = new[] { "GET", "POST", "PUT", "HEAD", "DELETE" }, UIHint = InputUIHints.CheckList)]
    public Input<ICollection<string>> SupportedMethods { get; set; } = new(ObjectLiteral.From(new[] { HttpMethods.Get }));

    [Input(Description = "Allow authenticated requests only.", Category = "Security")]
    public Input<bool> Authorize { get; set; } = new(false);

    [Input(Description = "Provide a policy to evaluate. If the policy fails, the request is forbidden.", Category = "Security")]
    public Input<string?> Policy { get; set; } = new(default(string?));

    [Input(Description = "The maximum time allowed to process the request.", Category = "Upload")]
    public Input<TimeSpan?> RequestTimeout { get; set; } = null!;

    [Input(Description = "The maximum request size allowed in bytes.", Category = "Upload")]
    public Input<long?> RequestSizeLimit { get; set; } = null!;

    [Input(Description = "The maximum file size allowed in bytes for an individual file.", Category = "Upload")]
    public Input<long?> FileSizeLimit { get; set; } = null!;

    [Input(Description = "Only file extensions in this list are allowed. Leave empty to allow all extensions", Category = "Upload", UIHint = InputUIHints.MultiText)]
    public Input<ICollection<string>> AllowedFileExtensions { get; set; } = null!;

    [Input(Description = "File extensions in this list are forbidden. Leave empty to not block any extension.", Category = "Upload", UIHint = InputUIHints.MultiText)]
    public Input<ICollection<string>> BlockedFileExtensions { get; set; } = null!;

    [Input(Description = "Only MIME types in this list are allowed. Leave empty to allow all types", Category = "Upload", UIHint = InputUIHints.MultiText)]
    public Input<ICollection<string>> AllowedMimeTypes { get; set; } = null!;

    [Input(Description = "A value indicating whether to expose the \"Request too large\" outcome.", Category = "Outcomes")]
    public bool ExposeRequestTooLargeOutcome { get; set; }

    [Input(Description = "A value indicating whether to expose the \"File too large\" outcome.", Category = "Outcomes")]
    public bool ExposeFileTooLargeOutcome { get; set; }

    [Input(Description = "A value indicating whether to expose the \"Invalid file extension\" outcome.", Category = "Outcomes")]
    public bool ExposeInvalidFileExtensionOutcome { get; set; }

    [Input(Description = "A value indicating whether to expose the \"Invalid file MIME type\" outcome.", Category = "Outcomes")]
    public bool ExposeInvalidFileMimeTypeOutcome { get; set; }

    [Output(Description = "The parsed request content, if any.")]
    public Output<object?> ParsedContent { get; set; } = null!;

    [Output(Description = "The uploaded files, if any.", IsSerializable = false)]
    public Output<IFormFile[]> Files { get; set; } = null!;

    [Output(Description = "The first uploaded file, if any.", IsSerializable = false)]
    public Output<IFormFile?> File { get; set; } = null!;

    [Output(Description = "The parsed route data, if any.")]
    public Output<IDictionary<string, object>> RouteData { get; set; } = null!;

    [Output(Description = "The querystring data, if any.")]
    public Output<IDictionary<string, object>> QueryStringData { get; set; } = null!;

    [Output(Description = "The headers, if any.")]
    public Output<IDictionary<string, object>> Headers { get; set; } = null!;

    /// <inheritdoc />
    protected override IEnumerable<object> GetTriggerPayloads(TriggerIndexingContext context)
    {
        context.TriggerName = HttpStimulusNames.HttpEndpoint;
        return Payloads(context.ExpressionExecutionContext);
    }

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.IsTriggerOfWorkflow() ? ReceiveAsync(context) : Wait(context);

    private ValueTask ReceiveAsync(ActivityExecutionContext context)
    {
        if (context.GetRequiredService<HttpExchange>().Take() is not { } request)
            return Wait(context); // Run or resumed by other means than a request: the request is still to come.
        if (request.RefusedAs is { } outcome)
            return context.CompleteActivityWithOutcomesAsync(outcome);
        IDictionary<string, object> route = HttpRoutes.Match(Path.Get(context), request.Path) ?? [];
        IDictionary<string, object> query = request.Query;
        IDictionary<string, object> headers = request.Headers;
        context.Set(RouteData, route);
        context.Set(QueryStringData, query);
        context.Set(Headers, headers);
        context.Set(ParsedContent, request.Content);
        if (request.Files is [var first, ..])
        {
            context.Set(Files, request.Files);
            context.Set(File, first);
        }

        return context.CompleteActivityAsync();
    }

    private ValueTask Wait(ActivityExecutionContext context)
    {
        context.CreateBookmarks(Payloads(context.ExpressionExecutionContext), ReceiveAsync, includeActivityInstanceId: false, HttpStimulusNames.HttpEndpoint);
        return default;
    }

    private List<object> Payloads(ExpressionExecutionContext context)
    {
        var path = HttpRoutes.Normalize(Path.Get(context));
        if (path.Contains("//", StringComparison.Ordinal))
            throw new FaultException("InvalidPath", "HTTP", "System", $"The path '{path}' of an endpoint may not contain two slashes in a row.");
        var methods = SupportedMethods.GetOrDefault(context) is { Count: > 0 } given ? given : [HttpMethods.Get];
        return
        [
            .. methods.Select(method => new HttpEndpointBookmarkPayload(path, method, Authorize.GetOrDefault(context), Policy.GetOrDefault(context), RequestTimeout.GetOrDefault(context), RequestSizeLimit.GetOrDefault(context))
            {
                ExposeRequestTooLargeOutcome = ExposeRequestTooLargeOutcome,
                Uploads = Uploads(context) is { IsEmpty: false } rules ? rules : null,
            }),
        ];
    }

    private UploadRules Uploads(ExpressionExecutionContext context) => new(
        FileSizeLimit.GetOrDefault(context),
        [.. AllowedFileExtensions.GetOrDefault(context) ?? []],
        [.. BlockedFileExtensions.GetOrDefault(context) ?? []],
        [.. AllowedMimeTypes.GetOrDefault(context) ?? []],
        [
            .. ExposeFileTooLargeOutcome ? [UploadRules.FileTooLarge] : Array.Empty<string>(),
            .. ExposeInvalidFileExtensionOutcome ? [UploadRules.BadExtension] : Array.Empty<string>(),
            .. ExposeInvalidFileMimeTypeOutcome ? [UploadRules.BadType] : Array.Empty<string>(),
        ]);
}
