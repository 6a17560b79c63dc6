namespace TongBan.Domain.Materials.Content;

/// <summary>The kinds of file that are taken as materials, told by their content, never by their name.</summary>
public enum FileKind
{
    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>TIFF, from scanners.</summary>
    Tiff,

    /// <summary>OFD 版式文件 (GB/T 33190), the form of electronic licences.</summary>
    Ofd,
}

/// <summary>What a file is.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Pages">How many pages; null when the file does not tell.</param>
public sealed record FileNature(FileKind Kind, int? Pages)
{
    /// <summary>The media type to send it with.</summary>
    public string MediaType => Kind switch
    {
        FileKind.Pdf => "application/pdf",
        FileKind.Png => "image/png",
        FileKind.Jpeg => "image/jpeg",
        FileKind.Tiff => "image/tiff",
        FileKind.Ofd => "application/ofd",
        _ => throw new InvalidOperationException($"{Kind} has no media type."),
    };

    /// <summary>What a file is that was told by its content before.</summary>
    /// <exception cref="InvalidOperationException">Files of this media type are not taken.</exception>
    public static FileNature OfStored(string mediaType, int? pages) =>
        Enum.GetValues<FileKind>().Select(kind => new FileNature(kind, pages)).FirstOrDefault(nature => nature.MediaType == mediaType)
        ?? throw new InvalidOperationException($"No file that is taken has the media type {mediaType}.");

    /// <summary>Tells a file by its content; null when it is of no kind that is taken.</summary>
    public static FileNature? Of(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        return bytes switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => new FileNature(FileKind.Png, 1),
            [0xFF, 0xD8, 0xFF, ..] => new FileNature(FileKind.Jpeg, 1),
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => new FileNature(FileKind.Tiff, TiffPages.Count(bytes)),
            [(byte)'P', (byte)'K', 3, 4, ..] => OfdPages.IsOfd(content, out var pages) ? new FileNature(FileKind.Ofd, pages) : null,
            _ => PdfPages.IsPdf(bytes) ? new FileNature(FileKind.Pdf, PdfPages.Count(content)) : null,
        };
    }
}
