using System.Text;
using BitMiracle.LibTiff.Classic;
using Shouldly;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Materials.Content.Cleaning;
using Xunit;

namespace TongBan.Domain.Tests.Materials.Content;

/// <summary>A scan keeps its pages, pixels and resolution, and nothing else.</summary>
public sealed class TiffCleaningTests
{
    private const string Hidden = "written where nobody looks";

    [Fact]
    public void Clean_ScanInBlackAndWhite_KeepsItsPixelsAndResolutionOnly()
    {
        var file = Scan(pages: 3, bits: 1, samples: 1, Photometric.MINISWHITE, Compression.LZW);

        var clean = TiffCleaner.Clean(file).Value;

        Encoding.Latin1.GetString(file).ShouldContain(Hidden);
        Encoding.Latin1.GetString(clean.Span).ShouldNotContain(Hidden);
        FileNature.Of(clean).ShouldBe(new FileNature(FileKind.Tiff, 3));
        Pixels(clean.ToArray()).ShouldBe(Pixels(file));
        Field(clean.ToArray(), TiffTag.XRESOLUTION).ShouldBe("300");
        Field(clean.ToArray(), TiffTag.COMPRESSION).ShouldBe(nameof(Compression.CCITTFAX4));
        Field(clean.ToArray(), TiffTag.IMAGEDESCRIPTION).ShouldBeNull();
    }

    [Theory]
    [InlineData(8, 1, Photometric.MINISBLACK)]
    [InlineData(8, 3, Photometric.RGB)]
    [InlineData(4, 1, Photometric.MINISBLACK)]
    public void Clean_GreyOrColour_KeepsItsPixels(int bits, int samples, Photometric photometric)
    {
        var file = Scan(pages: 2, bits, samples, photometric, Compression.PACKBITS);

        var clean = TiffCleaner.Clean(file).Value;

        Encoding.Latin1.GetString(clean.Span).ShouldNotContain(Hidden);
        Pixels(clean.ToArray()).ShouldBe(Pixels(file));
    }

    [Fact]
    public void Clean_WhatLiesBehindTheLastPage_IsGone()
    {
        byte[] file = [.. Scan(1, 8, 3, Photometric.RGB, Compression.NONE), .. Encoding.Latin1.GetBytes("MZ behind the end")];

        Encoding.Latin1.GetString(TiffCleaner.Clean(file).Value.Span).ShouldNotContain("behind the end");
    }

    [Fact]
    public void Clean_PageThatPromisesMoreThanAnybodyScans_IsRefusedBeforeItIsUnpacked()
    {
        var file = Scan(1, 8, 1, Photometric.MINISBLACK, Compression.LZW, announcedWidth: 60_000, announcedHeight: 60_000);

        TiffCleaner.Clean(file).Refusal.ShouldBeOfType<FileTooExtensive>();
    }

    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    [InlineData(900)]
    public void Clean_CutOff_IsRefused(int length) =>
        TiffCleaner.Clean(Scan(2, 8, 3, Photometric.RGB, Compression.LZW).AsMemory(0, length)).Refusal.ShouldBeOfType<FileDamaged>();

    [Fact]
    public void Clean_BytesAtRandom_NeverFails()
    {
        var random = new Random(20261126);
        var scan = Scan(2, 8, 3, Photometric.RGB, Compression.LZW);
        for (var run = 0; run < 2_000; run++)
        {
            var file = scan.ToArray();
            for (var change = random.Next(1, 12); change > 0; change--)
                file[random.Next(8, file.Length)] = (byte)random.Next(256);

            var result = TiffCleaner.Clean(file);

            (result.Refusal is null or FileDamaged or FileTooExtensive).ShouldBeTrue();
        }
    }

    private static byte[] Scan(int pages, int bits, int samples, Photometric photometric, Compression compression, int announcedWidth = 64, int announcedHeight = 24)
    {
        const int Height = 24;
        var random = new Random(bits + samples);
        using var stream = new MemoryStream();
        using (var tiff = Tiff.ClientOpen("scan", "w", stream, new TiffStream()))
        {
            for (var page = 0; page < pages; page++)
            {
                tiff.SetField(TiffTag.IMAGEWIDTH, announcedWidth);
                tiff.SetField(TiffTag.IMAGELENGTH, announcedHeight);
                tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
                tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
                tiff.SetField(TiffTag.PHOTOMETRIC, photometric);
                tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
                tiff.SetField(TiffTag.COMPRESSION, compression);
                tiff.SetField(TiffTag.ROWSPERSTRIP, Height);
                tiff.SetField(TiffTag.XRESOLUTION, 300d);
                tiff.SetField(TiffTag.YRESOLUTION, 300d);
                tiff.SetField(TiffTag.RESOLUTIONUNIT, ResUnit.INCH);
                tiff.SetField(TiffTag.IMAGEDESCRIPTION, Hidden);
                var row = new byte[tiff.ScanlineSize()];
                for (var y = 0; y < Math.Min(Height, announcedHeight); y++)
                {
                    random.NextBytes(row);
                    tiff.WriteScanline(row, y);
                }

                tiff.WriteDirectory();
            }
        }

        return stream.ToArray();
    }

    /// <summary>All pixels of all pages.</summary>
    private static List<int> Pixels(byte[] file)
    {
        using var tiff = Open(file);
        var all = new List<int>();
        do
        {
            var (width, height) = (tiff.GetField(TiffTag.IMAGEWIDTH)[0].ToInt(), tiff.GetField(TiffTag.IMAGELENGTH)[0].ToInt());
            var pixels = new int[width * height];
            tiff.ReadRGBAImageOriented(width, height, pixels, Orientation.TOPLEFT).ShouldBeTrue();
            all.AddRange(pixels);
        }
        while (tiff.ReadDirectory());
        return all;
    }

    private static string? Field(byte[] file, TiffTag tag)
    {
        using var tiff = Open(file);
        return tiff.GetField(tag)?[0].ToString();
    }

    private static Tiff Open(byte[] file) => Tiff.ClientOpen("read", "r", new MemoryStream(file), new TiffStream());
}
