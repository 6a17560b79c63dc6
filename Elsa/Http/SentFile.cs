using System.Collections;
using System.IO.Compression;
using System.Text;
using Elsa.Workflows.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Elsa.Http;

/// <summary>A file on its way to a client.</summary>
internal sealed record SentFile(byte[] Content, string Name, string? ContentType = null, string? ETag = null)
{
    private const string Unnamed = "file.bin";
    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>The files that a value stands for: bytes, streams, texts, uploaded and downloaded files, and lists of these.</summary>
    /// <exception cref="FaultException">A URL: what is behind it has to be downloaded first, by an activity that may wait.</exception>
    public static List<SentFile> All(object? content) => content switch
    {
        null => [],
        byte[] bytes => [new(bytes, Unnamed)],
        string text when Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" => throw Remote(text),
        string text => [new(Encoding.UTF8.GetBytes(text), "file.txt")],
        Uri url => throw Remote(url.ToString()),
        HttpFile file => [new(file.GetBytes(), file.Filename ?? Unnamed, file.ContentType, file.ETag)],
        IFormFile file => [Uploaded(file)],
        Stream stream => [new(new HttpFile(stream).GetBytes(), Unnamed)],
        IEnumerable many => [.. many.Cast<object?>().SelectMany(All)],
        _ => throw new FaultException("NoFile", "HTTP", "System", $"A {content.GetType().Name} is no file that can be sent."),
    };

    public static SentFile Zip(IReadOnlyList<SentFile> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var file in files)
            {
                using var entry = archive.CreateEntry(Unique(names, Path.GetFileName(file.Name))).Open();
                entry.Write(file.Content);
            }
        }

        return new(bytes.ToArray(), "download.zip", "application/zip");
    }

    public string TypeFor(string name) => ContentType is { Length: > 0 } told ? told : Types.TryGetContentType(name, out var type) ? type : "application/octet-stream";

    private static SentFile Uploaded(IFormFile file)
    {
        using var stream = file.OpenReadStream();
        return new(new HttpFile(stream).GetBytes(), Path.GetFileName(file.FileName), file.ContentType);
    }

    private static string Unique(HashSet<string> names, string name)
    {
        var unique = name;
        for (var number = 2; !names.Add(unique); number++)
            unique = $"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}";
        return unique;
    }

    private static FaultException Remote(string url) => new("NotDownloaded", "HTTP", "System", $"{url} is to be downloaded first: a burst talks to nobody outside.");
}
