using SkiaSharp;

namespace TongBan.Domain.Materials.Content.Cleaning;

/// <summary>The image cannot be drawn.</summary>
public sealed record FileDamaged() : Refusal(RefusalKind.Invalid, "file_damaged", "文件已损坏，无法打开，请重新扫描或另存后上传。", "file");

/// <summary>The image or document is larger than anybody scans.</summary>
public sealed record FileTooExtensive(string Problem) : Refusal(RefusalKind.TooLarge, "file_too_extensive", Problem, "file");

/// <summary>
/// Draws an image anew: what comes out holds pixels and nothing else, whatever was hidden before, between or behind them.
/// Positions, names and devices that cameras write into images go the same way.
/// </summary>
internal static class ImageCleaner
{
    /// <summary>An A3 page at 600 dpi is 70 million.</summary>
    internal const long MostPixels = 80_000_000;

    private const int JpegQuality = 92;

    /// <summary>The clean image, of the same kind; refused when it cannot be drawn or is too large to.</summary>
    public static Result<ReadOnlyMemory<byte>> Clean(FileKind kind, ReadOnlySpan<byte> file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            return new FileDamaged();
        // The header tells the size before any of it is unpacked.
        if ((long)codec.Info.Width * codec.Info.Height > MostPixels)
            return TooManyPixels();
        using var bitmap = new SKBitmap(codec.Info);
        if (codec.GetPixels(codec.Info, bitmap.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
            return new FileDamaged();
        using var upright = Upright(bitmap, codec.EncodedOrigin);
        using var clean = upright.Encode(kind == FileKind.Png ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, JpegQuality);
        return clean is null ? new FileDamaged() : (ReadOnlyMemory<byte>)clean.ToArray();
    }

    internal static FileTooExtensive TooManyPixels() => new($"图像超过{MostPixels / 1_000_000}百万像素，请降低扫描分辨率后上传。");

    /// <summary>Cameras note how they were held beside the pixels; the note goes, so the pixels are turned.</summary>
    private static SKBitmap Upright(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        var degrees = origin switch
        {
            SKEncodedOrigin.BottomRight => 180,
            SKEncodedOrigin.RightTop => 90,
            SKEncodedOrigin.LeftBottom => 270,
            _ => 0,
        };
        if (degrees == 0)
            return bitmap.Copy();
        var isTurned = degrees != 180;
        var turned = new SKBitmap(isTurned ? bitmap.Height : bitmap.Width, isTurned ? bitmap.Width : bitmap.Height);
        using var canvas = new SKCanvas(turned);
        canvas.Translate(turned.Width / 2f, turned.Height / 2f);
        canvas.RotateDegrees(degrees);
        canvas.Translate(-bitmap.Width / 2f, -bitmap.Height / 2f);
        canvas.DrawBitmap(bitmap, 0, 0, SKSamplingOptions.Default);
        return turned;
    }
}
