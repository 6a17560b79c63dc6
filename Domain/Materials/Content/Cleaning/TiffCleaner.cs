using BitMiracle.LibTiff.Classic;

namespace TongBan.Domain.Materials.Content.Cleaning;

/// <summary>
/// Writes a TIFF anew, page by page: its pixels, size and resolution. Whatever else was in its tags, or between and behind its
/// pages, is not carried over. A scan in black and white stays one (CCITT group 4, ITU-T T.6), all else becomes RGB.
/// </summary>
internal static class TiffCleaner
{
    /// <summary>Over all pages: two hundred of A4 at 300 dpi are 1,700 million.</summary>
    private const long MostPixels = 2_000_000_000;

    static TiffCleaner() => Tiff.SetErrorHandler(new Silence());

    /// <summary>The clean image; refused when a page cannot be drawn, is too large, or all of them are.</summary>
    public static Result<ReadOnlyMemory<byte>> Clean(ReadOnlyMemory<byte> file)
    {
        try
        {
            return Rewrite(file);
        }
        catch (Exception broken) when (broken is InvalidCastException or IndexOutOfRangeException or NullReferenceException or ArgumentException or ArithmeticException or InvalidOperationException or IOException)
        {
            // What the library stumbles over where a damaged tag is not what it should be.
            return new FileDamaged();
        }
    }

    private static Result<ReadOnlyMemory<byte>> Rewrite(ReadOnlyMemory<byte> file)
    {
        using var source = new MemoryStream(file.ToArray(), writable: false);
        using var target = new MemoryStream();
        using (var from = Tiff.ClientOpen("from", "r", source, new TiffStream()))
        {
            if (from is null)
                return new FileDamaged();
            using var to = Tiff.ClientOpen("to", "w", target, new TiffStream());
            if (Copy(from, to) is { } refusal)
                return refusal;
        }

        return (ReadOnlyMemory<byte>)target.ToArray();
    }

    private static Refusal? Copy(Tiff from, Tiff to)
    {
        var left = MostPixels;
        do
        {
            var page = Page.Of(from);
            if (page.Width <= 0 || page.Height <= 0)
                return new FileDamaged();
            if (page.Pixels > ImageCleaner.MostPixels || (left -= page.Pixels) < 0)
                return ImageCleaner.TooManyPixels();
            if (!(page.IsBlackAndWhite ? CopyRows(from, to, page) : Redraw(from, to, page)) || !to.WriteDirectory())
                return new FileDamaged();
        }
        while (from.ReadDirectory());
        return null;
    }

    private static bool CopyRows(Tiff from, Tiff to, Page page)
    {
        page.Describe(to, bits: 1, samples: 1, page.Photometric, Compression.CCITTFAX4);
        var row = new byte[Math.Max(from.ScanlineSize(), to.ScanlineSize())];
        for (var y = 0; y < page.Height; y++)
        {
            if (!from.ReadScanline(row, y) || !to.WriteScanline(row, y))
                return false;
        }

        return true;
    }

    private static bool Redraw(Tiff from, Tiff to, Page page)
    {
        var pixels = new int[page.Pixels];
        if (!from.ReadRGBAImageOriented(page.Width, page.Height, pixels, Orientation.TOPLEFT, stopOnError: true))
            return false;
        page.Describe(to, bits: 8, samples: 3, Photometric.RGB, Compression.ADOBE_DEFLATE);
        to.SetField(TiffTag.PREDICTOR, Predictor.HORIZONTAL);
        var row = new byte[page.Width * 3];
        for (var y = 0; y < page.Height; y++)
        {
            for (var x = 0; x < page.Width; x++)
            {
                var pixel = pixels[(y * page.Width) + x];
                (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = ((byte)Tiff.GetR(pixel), (byte)Tiff.GetG(pixel), (byte)Tiff.GetB(pixel));
            }

            if (!to.WriteScanline(row, y))
                return false;
        }

        return true;
    }

    /// <summary>What is carried over from a page's tags.</summary>
    private sealed record Page(int Width, int Height, Photometric Photometric, bool IsBlackAndWhite, double? HorizontalResolution, double? VerticalResolution, ResUnit Unit)
    {
        public long Pixels => (long)Width * Height;

        public static Page Of(Tiff tiff)
        {
            var photometric = (Photometric)Number(tiff, TiffTag.PHOTOMETRIC);
            var isBilevel = Number(tiff, TiffTag.BITSPERSAMPLE) is 0 or 1 && Number(tiff, TiffTag.SAMPLESPERPIXEL) is 0 or 1 && photometric is Photometric.MINISWHITE or Photometric.MINISBLACK;
            return new Page(
                Number(tiff, TiffTag.IMAGEWIDTH), Number(tiff, TiffTag.IMAGELENGTH), photometric, isBilevel && !tiff.IsTiled() && Number(tiff, TiffTag.ORIENTATION) is 0 or (int)Orientation.TOPLEFT,
                tiff.GetField(TiffTag.XRESOLUTION)?[0].ToDouble(), tiff.GetField(TiffTag.YRESOLUTION)?[0].ToDouble(), (ResUnit)Number(tiff, TiffTag.RESOLUTIONUNIT));
        }

        public void Describe(Tiff tiff, int bits, int samples, Photometric photometric, Compression compression)
        {
            tiff.SetField(TiffTag.SUBFILETYPE, FileType.PAGE);
            tiff.SetField(TiffTag.IMAGEWIDTH, Width);
            tiff.SetField(TiffTag.IMAGELENGTH, Height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
            tiff.SetField(TiffTag.PHOTOMETRIC, photometric);
            tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
            tiff.SetField(TiffTag.COMPRESSION, compression);
            tiff.SetField(TiffTag.ORIENTATION, Orientation.TOPLEFT);
            tiff.SetField(TiffTag.ROWSPERSTRIP, tiff.DefaultStripSize(0));
            if (HorizontalResolution is not { } horizontal || VerticalResolution is not { } vertical)
                return;
            tiff.SetField(TiffTag.XRESOLUTION, horizontal);
            tiff.SetField(TiffTag.YRESOLUTION, vertical);
            tiff.SetField(TiffTag.RESOLUTIONUNIT, Unit);
        }

        private static int Number(Tiff tiff, TiffTag tag) => tiff.GetField(tag)?[0].ToInt() ?? 0;
    }

    /// <summary>What is wrong with a file is for the one who hands it in, not for the console.</summary>
    private sealed class Silence : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }
}
