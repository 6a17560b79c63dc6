using System.Runtime.CompilerServices;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;

namespace Elsa.Http;

/// <summary>Answers the request that this burst serves with a file, or with several in a ZIP archive. Like every answer it is sent once the burst is committed.</summary>
/// <param name="source">The file the activity was made in; the compiler fills it in.</param>
/// <param name="line">The line in that file; the compiler fills it in.</param>
[Activity("Elsa", "HTTP", "Send one ore more files (zipped) to the HTTP response.", DisplayName = "HTTP File Response")]
public class WriteFileHttpResponse([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : Activity(source, line)
{
    /// <summary>The media type (RFC 6838); blank goes by the file, or its name.</summary>
    [Input(Description = "The content type of the file to serve. Leave empty to let the system determine the content type.")]
    public Input<string?> ContentType { get; set; } = null!;

    /// <summary>What the client is to save it as (RFC 6266); blank is the file's own name.</summary>
    [Input(Description = "The name of the file to serve. Leave empty to let the system determine the file name.")]
    public Input<string?> Filename { get; set; } = null!;

    /// <summary>An entity tag (RFC 9110), sent only with <see cref="EnableResumableDownloads"/>; blank is the file's own.</summary>
    [Input(Description = "The Entity Tag of the file to serve. Leave empty to let the system determine the Entity Tag.")]
    public Input<string?> EntityTag { get; set; } = null!;

    /// <summary>A file, bytes, a stream, text, or a list of these, which is sent as one ZIP archive, an empty list as an empty one. Null answers 204; a URL is refused.</summary>
    [Input(Description = "The file content to serve. Supports various types, such as byte array, stream, string, Uri, Downloadable and a (mixed) array of the aforementioned types.")]
    public Input<object> Content { get; set; } = null!;

    /// <summary>Whether the client may ask for parts of it (Range, RFC 9110).</summary>
    [Input(Description = "Whether to enable resumable downloads. When enabled, the client can resume a download if the connection is lost.")]
    public Input<bool> EnableResumableDownloads { get; set; } = null!;

    /// <summary>Kept for definitions that have one. The whole answer is composed before any of it is sent, so nothing has to be found again.</summary>
    [Input(Description = "The correlation ID of the download used to resume a download. If left empty, the x-download-id header will be used.")]
    public Input<string> DownloadCorrelationId { get; set; } = null!;

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var exchange = context.GetRequiredService<HttpExchange>();
        if (!exchange.IsOpen)
            throw new FaultException("NoHttpContext", "HTTP", "System", "No request waits for a response here: the one that started or resumed this workflow was answered when its burst was over, or there was none.");
        exchange.Respond(Compose(context));
        return context.CompleteActivityAsync();
    }

    private ComposedResponse Compose(ActivityExecutionContext context)
    {
        if (Content.GetOrDefault(context) is not { } content)
            return new ComposedResponse(204, null, null, []);
        var files = SentFile.All(content);
        var file = files.Count == 1 ? files[0] : SentFile.Zip(files);
        var name = Filename.GetOrDefault(context) is { Length: > 0 } given ? given : file.Name;
        var type = ContentType.GetOrDefault(context) is { Length: > 0 } told ? told : file.TypeFor(name);
        var resumable = EnableResumableDownloads.GetOrDefault(context);
        return new ComposedResponse(200, type, file.Content, [])
        {
            FileName = name,
            IsResumable = resumable,
            EntityTag = resumable ? EntityTag.GetOrDefault(context) ?? file.ETag : null,
        };
    }
}
