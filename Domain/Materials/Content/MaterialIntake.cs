using TongBan.Domain.Materials.Content.Cleaning;

namespace TongBan.Domain.Materials.Content;

/// <summary>A file that was taken.</summary>
/// <param name="Nature">Its kind and pages.</param>
/// <param name="Sha256">The hash it is kept under.</param>
/// <param name="Size">Bytes.</param>
public sealed record TakenFile(FileNature Nature, string Sha256, long Size);

/// <summary>The file has no bytes.</summary>
public sealed record FileEmpty() : Refusal(RefusalKind.Invalid, "file_empty", "文件是空的，请重新扫描或选择文件。", "file");

/// <summary>The file is bigger than allowed.</summary>
public sealed record FileTooLarge()
    : Refusal(RefusalKind.TooLarge, "file_too_large", $"文件超过{MaterialIntake.LargestFile / 1024 / 1024} MB，请降低扫描分辨率或拆分后上传。", "file");

/// <summary>The content is of no kind that is taken, whatever the file's name says.</summary>
public sealed record FileKindUnsupported()
    : Refusal(RefusalKind.UnsupportedMedia, "file_kind_unsupported", "只接收PDF、OFD、PNG、JPEG和TIFF文件，请转换格式后上传。", "file");

/// <summary>Takes files that are handed in: looks into them, takes out what acts by itself, has them scanned, then keeps them.</summary>
/// <param name="contents">Where they are kept.</param>
/// <param name="scanner">Looks for viruses.</param>
public sealed class MaterialIntake(IContentStore contents, IVirusScanner scanner)
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const int LargestFile = 20 * 1024 * 1024;

    /// <summary>The most pages of a file.</summary>
    public const int MostPages = 500;

    private const int BufferSize = 81920;

    /// <summary>Takes a file. Reads no more than the limit, whatever the sender announces.</summary>
    /// <returns>What it is and where it is kept; refused when empty, too large, or of a kind that is not taken.</returns>
    public async Task<Result<TakenFile>> TakeAsync(Stream file, CancellationToken cancellation = default)
    {
        using var content = new MemoryStream();
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellation)) > 0)
        {
            if (content.Length + read > LargestFile)
            {
                return new FileTooLarge();
            }

            content.Write(buffer, 0, read);
        }

        if (content.Length == 0)
        {
            return new FileEmpty();
        }

        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        if (FileNature.Of(bytes) is not { } nature)
        {
            return new FileKindUnsupported();
        }

        if (nature.Pages > MostPages)
        {
            return new FileTooExtensive($"文件超过{MostPages}页，请拆分后上传。");
        }

        // As it came, before anything else opens it.
        if (await scanner.ScanAsync(bytes, cancellation) is { } found)
        {
            return found;
        }

        if (Clean(nature.Kind, bytes).IsRefused(out var refusal, out var clean))
        {
            return refusal;
        }

        using var kept = new MemoryStream(clean.ToArray(), writable: false);
        var stored = await contents.SaveAsync(kept, cancellation);
        return new TakenFile(nature, stored.Sha256, stored.Size);
    }

    private static Result<ReadOnlyMemory<byte>> Clean(FileKind kind, ReadOnlyMemory<byte> file) => kind switch
    {
        FileKind.Pdf => PdfCleaner.Clean(file),
        FileKind.Png or FileKind.Jpeg => ImageCleaner.Clean(kind, file.Span),
        FileKind.Tiff => TiffCleaner.Clean(file),
        _ => file,
    };
}
