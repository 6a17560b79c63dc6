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
    /// <summary>The stimulus of an inbound request.</summary>
    public const string HttpEndpoint = "Elsa.HttpEndpoint";
}

/// <summary>Starts with a request to a path, or waits for one. <c>File</c>, <c>Files</c> and <c>Result</c> are there for the burst that the request begins. <c>Result</c> is a copy of the request, without credentials and without a way to the connection or the host's services.</summary>
[Activity("Elsa", "HTTP", "Wait for an inbound HTTP request that matches the specified path and methods.", DisplayName = "HTTP Endpoint")]
[Output(IsSerializable = false)]
public class HttpEndpoint : Trigger<HttpRequest>
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public HttpEndpoint([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Serves the path that <paramref name="path"/> yields, by GET.</summary>
    public HttpEndpoint(Input<string> path, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Path = path;

    /// <summary>Below the base path of <c>HttpActivityOptions</c>, with parameters as ASP.NET Core writes routes: <c>/cases/{id}</c>. Case does not count.</summary>
    [Input(Description = "The path to associate with the workflow.", UIHint = InputUIHints.SingleLine, UIHandler = typeof(HttpEndpointPathUIHandler))]
    public Input<string> Path { get; set; } = null!;

    /// <summary>Methods (RFC 9110), one address each; GET when it is not set.</summary>
    [Input(Description = "The HTTP methods to accept.", Options = new[] { "GET", "POST", "PUT", "HEAD", "DELETE" }, UIHint = InputUIHints.CheckList)]
    public Input<ICollection<string>> SupportedMethods { get; set; } = new(ObjectLiteral.From(new[] { HttpMethods.Get }));

    /// <summary>Whether only those who are signed in are served; others get 401.</summary>
    [Input(Description = "Allow authenticated requests only.", Category = "Security")]
    public Input<bool> Authorize { get; set; } = new(false);

    /// <summary>The name of an authorization policy of the host; who fails it gets 403. Counts only where <see cref="Authorize"/> is set.</summary>
    [Input(Description = "Provide a policy to evaluate. If the policy fails, the request is forbidden.", Category = "Security")]
    public Input<string?> Policy { get; set; } = new(default(string?));

    /// <summary>How long the burst may take; then it is undone and answered with 408. Null is without limit.</summary>
    [Input(Description = "The maximum time allowed to process the request.", Category = "Upload")]
    public Input<TimeSpan?> RequestTimeout { get; set; } = null!;

    /// <summary>The largest body, in bytes; a larger one is answered with 413. Null is the host's limit.</summary>
    [Input(Description = "The maximum request size allowed in bytes.", Category = "Upload")]
    public Input<long?> RequestSizeLimit { get; set; } = null!;

    /// <summary>The largest file of a form, in bytes; null is without limit.</summary>
    [Input(Description = "The maximum file size allowed in bytes for an individual file.", Category = "Upload")]
    public Input<long?> FileSizeLimit { get; set; } = null!;

    /// <summary>With the dot, as in <c>.pdf</c>, whatever the case. Empty takes all.</summary>
    [Input(Description = "Only file extensions in this list are allowed. Leave empty to allow all extensions", Category = "Upload", UIHint = InputUIHints.MultiText)]
    public Input<ICollection<string>> AllowedFileExtensions { get; set; } = null!;

    /// <summary>With the dot, as in <c>.exe</c>, whatever the case. Empty refuses none.</summary>
    [Input(Description = "File extensions in this list are forbidden. Leave empty to not block any extension.", Category = "Upload", UIHint = InputUIHints.MultiText)]
    public Input<ICollection<string>> BlockedFileExtensions { get; set; } = null!;

    /// <summary>Media types (RFC 6838), whatever the case. Empty takes all.</summary>
    [Input(Description = "Only MIME types in this list are allowed. Leave empty to allow all types", Category = "Upload", UIHint = InputUIHints.MultiText)]
    public Input<ICollection<string>> AllowedMimeTypes { get; set; } = null!;

    /// <summary>Whether a body that is too large is left to the workflow, by "Request too large", instead of being answered with 413.</summary>
    [Input(Description = "A value indicating whether to expose the \"Request too large\" outcome.", Category = "Outcomes")]
    public bool ExposeRequestTooLargeOutcome { get; set; }

    /// <summary>Whether a file that is too large is left to the workflow, by "File too large", instead of being refused.</summary>
    [Input(Description = "A value indicating whether to expose the \"File too large\" outcome.", Category = "Outcomes")]
    public bool ExposeFileTooLargeOutcome { get; set; }

    /// <summary>Whether a file of a wrong extension is left to the workflow, by "Invalid file extension", instead of being refused.</summary>
    [Input(Description = "A value indicating whether to expose the \"Invalid file extension\" outcome.", Category = "Outcomes")]
    public bool ExposeInvalidFileExtensionOutcome { get; set; }

    /// <summary>Whether a file of a wrong media type is left to the workflow, by "Invalid file MIME type", instead of being refused.</summary>
    [Input(Description = "A value indicating whether to expose the \"Invalid file MIME type\" outcome.", Category = "Outcomes")]
    public bool ExposeInvalidFileMimeTypeOutcome { get; set; }

    /// <summary>JSON as objects and lists, a form as a map, text as text, anything else as bytes; null for an empty body.</summary>
    [Output(Description = "The parsed request content, if any.")]
    public Output<object?> ParsedContent { get; set; } = null!;

    /// <summary>The files of a form (RFC 7578), in the burst that the request begins.</summary>
    [Output(Description = "The uploaded files, if any.", IsSerializable = false)]
    public Output<IFormFile[]> Files { get; set; } = null!;

    /// <summary>The first of <see cref="Files"/>; null when there is none.</summary>
    [Output(Description = "The first uploaded file, if any.", IsSerializable = false)]
    public Output<IFormFile?> File { get; set; } = null!;

    /// <summary>The parameters of the path, by name, as texts.</summary>
    [Output(Description = "The parsed route data, if any.")]
    public Output<IDictionary<string, object>> RouteData { get; set; } = null!;

    /// <summary>The parameters after the question mark, by name; a list where a name is repeated.</summary>
    [Output(Description = "The querystring data, if any.")]
    public Output<IDictionary<string, object>> QueryStringData { get; set; } = null!;

    /// <summary>The headers by name, without <c>Authorization</c> and <c>Cookie</c>; a list where a name is repeated.</summary>
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
        context.Set(Result, request.Copy);
        IDictionary<string, object> route = HttpRoutes.Match(Path.Get(context), request.Path) ?? [];
        IDictionary<string, object> query = request.Query;
        IDictionary<string, object> headers = request.Headers;
        context.Set(RouteData, route);
        context.Set(QueryStringData, query);
        context.Set(Headers, headers);
        if (request.RefusedAs is { } outcome)
            return context.CompleteActivityWithOutcomesAsync(outcome);
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
