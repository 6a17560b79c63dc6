using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Demo;

/// <summary>A file as a scanner or a camera would make it.</summary>
internal sealed record DemoFile(string Name, string MediaType, byte[] Bytes)
{
    private const int Side = 64;

    public static DemoFile Pdf(string name, params string[] lines) => new(name + ".pdf", "application/pdf", SamplePdf.Of(lines));

    /// <summary>A small grey picture in PNG: signature, header, one compressed block, end. https://www.w3.org/TR/png/</summary>
    public static DemoFile Png(string name)
    {
        var rows = new byte[Side * (Side + 1)];
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
                rows[(row * (Side + 1)) + 1 + column] = (byte)((row * 2) + (column * 2));
        }

        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(rows);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        header[8] = 8; // Bits per pixel; colour type, compression, filter and interlace stay 0: grey, and the only ones there are.
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "IDAT", compressed.ToArray());
        WriteChunk(png, "IEND", []);
        return new(name + ".png", "image/png", png.ToArray());
    }

    private static void WriteChunk(MemoryStream png, string type, byte[] content)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(typed));
        png.Write(number);
    }

    /// <summary>The check sum of PNG, bit by bit: the files are small. https://www.w3.org/TR/png/#D-CRCAppendix</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
